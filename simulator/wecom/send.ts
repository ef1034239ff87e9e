import * as z from 'zod'
import { appendEvent } from '@/simulator/wecom/customers'
import {
  conversationOf,
  serviceStates,
  type WecomConversation,
  type WecomSent,
  wecomNowMs,
  wecomOf,
  wxidOf,
} from '@/simulator/wecom/data'
import { randomHex } from '@/simulator/world/random'
import { touchWorld, type World } from '@/simulator/world/world'

const windowMs = 48 * 60 * 60_000
const maxSentPerInbound = 5
const maxTextBytes = 2048
const maxSent = 20_000

export const wecomErrors = {
  argument: { errcode: 40058, errmsg: 'invalid request argument' },
  unknownAccount: { errcode: 95004, errmsg: 'invalid open_kfid' },
  notAllowed: { errcode: 48002, errmsg: 'api forbidden' },
  state: { errcode: 95018, errmsg: 'send msg session status invalid' },
  count: { errcode: 95001, errmsg: 'send msg limit' },
  servicer: { errcode: 95014, errmsg: 'servicer is not active' },
} as const

const msgid = z
  .string()
  .regex(/^[\w-]{1,32}$/)
  .optional()
const content = {
  msgtype: z.enum(['text', 'image', 'file']),
  text: z.object({ content: z.string().min(1) }).optional(),
  image: z.object({ media_id: z.string() }).optional(),
  file: z.object({ media_id: z.string() }).optional(),
}
const outgoing = z.object({ touser: z.string(), open_kfid: z.string(), msgid, ...content })
const welcome = z.object({ code: z.string(), msgid, ...content })

type Refusal = (typeof wecomErrors)[keyof typeof wecomErrors]
type Reply = Refusal | { errcode: 0; errmsg: 'ok'; msgid: string }

/** Sends from an account to a customer, with WeCom's checks. */
export function sendFromAccount(world: World, body: unknown): Reply {
  const { data: message } = outgoing.safeParse(body)
  const { accounts } = wecomOf(world)
  if (!message || !isContentValid(world, message)) return wecomErrors.argument
  const account = accounts.find(({ openKfId }) => openKfId === message.open_kfid)
  if (!account) return wecomErrors.unknownAccount
  if (!account.canManage) return wecomErrors.notAllowed
  const wxid = wxidOf(world, message.touser)
  if (!wxid) return wecomErrors.argument
  const conversation = conversationOf(world, { openKfId: account.openKfId, wxid })
  if (conversation.state > serviceStates.assistant) return wecomErrors.state
  if (conversation.lastInboundAtMs === null) return wecomErrors.argument
  if (conversation.sentSinceInbound >= maxSentPerInbound) return wecomErrors.count
  return store(world, conversation, message)
}

/** Sends a welcome message with its code. */
export function sendOnEvent(world: World, body: unknown): Reply {
  const { data: message } = welcome.safeParse(body)
  const { welcomeCodes } = wecomOf(world)
  const code = message && Object.hasOwn(welcomeCodes, message.code) ? welcomeCodes[message.code] : undefined
  if (!message || !code || code.expiresAtMs < wecomNowMs(world) || !isContentValid(world, message))
    return wecomErrors.argument
  delete welcomeCodes[message.code]
  return store(world, conversationOf(world, code), message)
}

function isContentValid(
  world: World,
  message: Pick<z.output<typeof outgoing>, 'msgtype' | 'text' | 'image' | 'file' | 'msgid'>,
) {
  const { sent, media } = wecomOf(world)
  if (message.msgid && sent.some((known) => known.msgid === message.msgid)) return false
  if (message.msgtype !== 'text') return Object.hasOwn(media, message[message.msgtype]?.media_id ?? '')
  return Boolean(message.text) && Buffer.byteLength(message.text?.content ?? '') <= maxTextBytes
}

function store(
  world: World,
  conversation: WecomConversation,
  message: Pick<z.output<typeof outgoing>, 'msgtype' | 'text' | 'image' | 'file' | 'msgid'>,
): Reply {
  const { sent, media, fileNames, failNextSends } = wecomOf(world)
  const uploadId = (message.image ?? message.file)?.media_id
  const { openKfId, wxid } = conversation
  const isOver = wecomNowMs(world) - (conversation.lastInboundAtMs ?? wecomNowMs(world)) >= windowMs
  const isOrdered = failNextSends.count > 0
  if (isOrdered) failNextSends.count -= 1
  conversation.sentSinceInbound += 1
  const stored: WecomSent = {
    msgid: message.msgid ?? randomHex(12),
    openKfId,
    wxid,
    msgtype: message.msgtype,
    text: message.text?.content ?? null,
    mediaId: uploadId === undefined ? null : (media[uploadId] ?? null),
    fileName: message.file ? (fileNames?.[message.file.media_id] ?? null) : null,
    by: 'api',
    isDelivered: !isOver && !isOrdered,
    atMs: Date.now(),
  }
  sent.push(stored)
  if (sent.length > maxSent) sent.shift()
  if (!stored.isDelivered)
    appendEvent(
      world,
      { openKfId, wxid },
      { event_type: 'msg_send_fail', fail_msgid: stored.msgid, fail_type: isOver ? 4 : failNextSends.failType },
    )
  touchWorld(world)
  return { errcode: 0, errmsg: 'ok', msgid: stored.msgid }
}
