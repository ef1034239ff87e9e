import type { World } from '@/simulator/world/world'

/** Where the company's app sends its callbacks, as saved in the WeCom console. */
export type WecomCallback = { url: string; token: string; aesKey: string }

/** Faults of callbacks. */
export type CallbackFaults = {
  /** Share of callbacks that are never sent; 0–1. */
  lossRate: number
  /** Number of times that each callback is sent again. */
  repeats: number
  /** Maximum random delay, which changes the order; 0: none. */
  maxDelayMs: number
}

export type WecomAccount = {
  openKfId: string
  name: string
  /** Whether the app may send from this account. */
  canManage: boolean
}

/** States of a conversation on the wire. */
export const serviceStates = { new: 0, assistant: 1, pool: 2, servicer: 3, ended: 4 } as const

export type WecomConversation = {
  openKfId: string
  wxid: string
  state: number
  /** null: no person has the conversation. */
  servicerUserId: string | null
  /** null: the customer has never written. */
  lastInboundAtMs: number | null
  sentSinceInbound: number
}

/** An entry of an account's stream, which `sync_msg` reads from a cursor. */
export type WecomItem = {
  seq: number
  openKfId: string
  wxid: string
  atMs: number
  /** The message as on the wire. */
  body: Record<string, unknown> & { msgid: string; msgtype: string; send_time: number }
}

/** A message from an account to a customer. */
export type WecomSent = {
  msgid: string
  openKfId: string
  wxid: string
  msgtype: string
  text: string | null
  mediaId: string | null
  /** null or missing: no file. */
  fileName?: string | null
  /** The app, or the employee who has the conversation. */
  by: 'api' | 'employee'
  /** false: WeCom reports it as failed later. */
  isDelivered: boolean
  atMs: number
}

/** A customer or employee in a customer group. */
export type WecomGroupMember = { userid: string; type: 1 | 2; name: string; joinTimeMs: number; state: string }

/** A customer group (客户群), which an employee has made. */
export type WecomGroup = { chatId: string; name: string; owner: string; version: number; members: WecomGroupMember[] }

export type WecomServicer = { userid: string; isOnDuty: boolean }

/** A way to join a group by its official QR code. */
export type WecomJoinWay = { configId: string; chatId: string; state: string }

export type WecomData = {
  corpId: string
  secret: string
  agentId: string
  callback: WecomCallback | null
  callbackFaults: CallbackFaults
  /** Results of callbacks since the start. */
  callbackCounts: { sent: number; lost: number; failed: number }
  accessTokens: { token: string; expiresAtMs: number }[]
  /** Tokens of callbacks, which `sync_msg` accepts for ten minutes. */
  syncTokens: Record<string, number>
  /** Codes of welcome messages, valid for 20 seconds and one message. */
  welcomeCodes: Record<string, { openKfId: string; wxid: string; expiresAtMs: number }>
  /** Whether the caller's address is missing in 企业可信IP. */
  isIpRefused: boolean
  /** The next sends are reported as failed with this type. */
  failNextSends: { count: number; failType: number }
  accounts: WecomAccount[]
  /** Employees who may receive conversations; missing: ZhangSan, on duty. */
  servicers?: WecomServicer[]
  conversations: WecomConversation[]
  items: WecomItem[]
  sent: WecomSent[]
  /** Uploaded by the app or the customer; the value is the id in the world's media store. */
  media: Record<string, string>
  /** Names of uploads by media id; missing: nothing was uploaded. */
  fileNames?: Record<string, string>
  nextSeq: number
  groups?: WecomGroup[]
  joinWays?: WecomJoinWay[]
  /** People in the visible range of the app; missing: few. */
  visibleCount?: number
  /** Offset of the clock of windows and codes, so that a test can skip 48 hours. */
  clockOffsetMs: number
}

const maxItems = 20_000

/** Returns the WeCom part of the world; creates it in a world saved by a version without WeCom. */
export function wecomOf(world: World): WecomData {
  world.data.wecom ??= {
    corpId: 'ww5f1e0d3c2b1a0987',
    secret: 'simulated-secret-of-the-app-0123456789abcde',
    agentId: '1000002',
    callback: null,
    callbackFaults: { lossRate: 0, repeats: 0, maxDelayMs: 0 },
    callbackCounts: { sent: 0, lost: 0, failed: 0 },
    accessTokens: [],
    syncTokens: {},
    welcomeCodes: {},
    isIpRefused: false,
    failNextSends: { count: 0, failType: 0 },
    accounts: [{ openKfId: 'wkSimulator0001', name: '云商城客服', canManage: true }],
    conversations: [],
    items: [],
    sent: [],
    media: {},
    nextSeq: 1,
    clockOffsetMs: 0,
  }
  return world.data.wecom
}

/** Returns whether an employee can be given a conversation. */
export function isOnDuty(world: World, userid: string | undefined): boolean {
  const servicers = wecomOf(world).servicers ?? [{ userid: 'ZhangSan', isOnDuty: true }]
  return servicers.some((servicer) => servicer.userid === userid && servicer.isOnDuty)
}

/** Returns the current time of WeCom's clock. */
export const wecomNowMs = (world: World) => Date.now() + wecomOf(world).clockOffsetMs

/** Returns a customer's id on the wire. */
export const externalIdOf = (wxid: string) => `wm${Buffer.from(wxid).toString('base64url')}`

/** Returns the person behind a customer's id; null: none. */
export function wxidOf(world: World, externalId: string): string | null {
  return Object.keys(world.data.people).find((wxid) => externalIdOf(wxid) === externalId) ?? null
}

/** Returns the conversation of a customer with an account; creates it at the first contact. */
export function conversationOf(world: World, { openKfId, wxid }: { openKfId: string; wxid: string }) {
  const { conversations } = wecomOf(world)
  const known = conversations.find((one) => one.openKfId === openKfId && one.wxid === wxid)
  if (known) return known
  const created: WecomConversation = {
    openKfId,
    wxid,
    state: serviceStates.new,
    servicerUserId: null,
    lastInboundAtMs: null,
    sentSinceInbound: 0,
  }
  conversations.push(created)
  return created
}

/** Appends an entry to an account's stream. */
export function appendItem(world: World, item: Omit<WecomItem, 'seq' | 'atMs'>): WecomItem {
  const data = wecomOf(world)
  const stored = { ...item, seq: data.nextSeq++, atMs: Date.now() }
  data.items.push(stored)
  if (data.items.length > maxItems) data.items.shift()
  return stored
}
