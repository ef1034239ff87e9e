import type { Logger } from '@/lib/logger'
import type { ContactBook } from './contact-book'
import type { EventLine } from './event-line'
import type { WechatAccount } from './port'
import { decodeName } from './decode-text'
import type { StockClient } from './stock-client'

/** Resolved once, by whoever learns that it is so. */
export type LineSignal = { promise: Promise<void>; resolve: () => void }

/** One robot's line to WeChat, shared by the loops that work on it. */
export type Line = {
  client: StockClient
  book: ContactBook
  events: EventLine
  log: Logger
  wechatOrigin: string | undefined
  /** Whether the robot is known to be ours at this moment; without that no call is made. */
  mayCall: () => boolean
  /** The host that the login was sent to. */
  host: string
  phase: 'opening' | 'online' | 'reconnecting'
  /** Whether WeChat has gone on from our SyncKey yet. */
  hasSynced: boolean
  /** Whether the list of all rooms has been asked for. */
  isLoaded: boolean
  /** Whether it has been answered, so that the address book is whole. */
  isBookLoaded: boolean
  /** Aborted when the line is let go or the session is over. */
  signal: AbortSignal
  /** Resolved once WeChat has told which chats there are. */
  chats: LineSignal
  /** Resolved once all contacts and rooms have been learnt. */
  bookLoaded: LineSignal
}

export function selfUsername(client: StockClient): string {
  return typeof client.user.UserName === 'string' ? client.user.UserName : ''
}

/** The account behind the line, as it is called now. */
export function readAccount({ client }: Line): WechatAccount {
  const { Uin, NickName } = client.user
  return {
    uin: typeof Uin === 'number' && Uin > 0 ? String(Uin) : client.PROP.uin,
    username: selfUsername(client),
    nickname: decodeName(typeof NickName === 'string' ? NickName : ''),
  }
}

/** Sends all further calls to the host of the login. The client's addresses differ between hosts in nothing else. */
export function useHost(line: Line, host: string): void {
  for (const [name, address] of Object.entries(line.client.CONF))
    if (typeof address === 'string' && address.startsWith('https:'))
      line.client.CONF[name] = address.replace(/^(https:\/\/(?:[a-z]+\.)?)wx\.qq\.com/, `$1${host}`)
  line.host = host
}
