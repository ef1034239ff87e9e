import type { World } from '@/simulator/world/world'

/** States of a login code; states that the wire names have the wire's spelling. */
export type IlinkCodeState = 'wait' | 'need_verifycode' | 'verify_code_blocked' | 'scaned' | 'confirmed' | 'expired'

export type IlinkCode = {
  qrcode: string
  state: IlinkCodeState
  /** The person who scanned; null: not yet scanned. */
  wxid: string | null
  /** The number that the phone shows; null: the phone requires none. */
  number: string | null
  wrongNumbers: number
  /** The host to which polls are redirected once after the scan; null: no redirect. */
  redirectHost: string | null
  /** Tokens that the client already holds. */
  localTokens: string[]
  /** Issued when the person confirmed; null: not confirmed, or already bound. */
  token: string | null
  expiresAtMs: number
}

/** A bot is bound to one person; a new confirmation ends the previous bot. */
export type IlinkBot = {
  token: string
  botId: string
  wxid: string
  /** False after a new binding or the fault "dead"; every call then returns -14. */
  isAlive: boolean
  isStarted: boolean
  /** Sequence number of the latest message to the bot. */
  headSeq: number
  /** Highest sequence number already delivered. */
  deliveredSeq: number
  /** When the person last wrote; null: never. */
  lastInboundAtMs: number | null
  /** Messages that the bot has sent since then. */
  sentSinceInbound: number
}

export type IlinkItem = Record<string, unknown> & { type: number }

export type IlinkMessage = {
  id: string
  seq: number
  botId: string
  from: 'person' | 'bot'
  clientId: string
  contextToken: string
  items: IlinkItem[]
  /** The readable text; "" for a message with only a file. */
  text: string
  mediaId: string | null
  fileName: string | null
  atMs: number
}

/** A file as the CDN stores it: encrypted, under an unguessable parameter. */
export type IlinkFile = { bytesBase64: string; aesKeyHex: string | null }

export type IlinkData = {
  codes: Record<string, IlinkCode>
  bots: IlinkBot[]
  messages: IlinkMessage[]
  files: Record<string, IlinkFile>
  /** Offset added to the clock of the reply window, so that a test can skip 24 hours. */
  clockOffsetMs: number
}

/** Returns the iLink part of the world; creates it in a world saved by a version without iLink. */
export function ilinkOf(world: World): IlinkData {
  world.data.ilink ??= { codes: {}, bots: [], messages: [], files: {}, clockOffsetMs: 0 }
  return world.data.ilink
}

/** Returns the person's id on the iLink wire. */
export const personIdOf = (wxid: string) => `${wxid}@im.wechat`

/** Returns the current time of the reply window's clock. */
export const ilinkNowMs = (world: World) => Date.now() + ilinkOf(world).clockOffsetMs
