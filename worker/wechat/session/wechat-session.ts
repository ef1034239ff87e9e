import type { Logger } from '@/lib/logger'
import type { ContactBook } from '@/worker/wechat/protocol/contact-book'
import type { CommitQueue } from '@/worker/wechat/session/commit-queue'
import type { WechatAccount } from '@/worker/wechat/port'
import { decodeName } from '@/worker/wechat/protocol/decode-text'
import type { VendorClient } from '@/worker/wechat/client/vendor-client'

/** A promise with its `resolve`. */
export type Deferred = { promise: Promise<void>; resolve: () => void }

/** The state of one login, shared by its loops. */
export type WechatSession = {
  client: VendorClient
  book: ContactBook
  events: CommitQueue
  log: Logger
  wechatOrigin: string | undefined
  isLeaseValid: () => boolean
  /** The WeChat host that the login redirected to. */
  host: string
  phase: 'opening' | 'online' | 'reconnecting'
  /** Whether WeChat has accepted our SyncKey. */
  hasSynced: boolean
  /** Whether the list of all rooms has been requested. */
  areRoomsRequested: boolean
  /** Whether that list has arrived, so that the address book is complete. */
  isAddressBookLoaded: boolean
  /** Aborts when the session is detached or has ended. */
  signal: AbortSignal
  /** Resolves once WeChat has listed the account's chats. */
  chatsListed: Deferred
  /** Resolves once all contacts and rooms are loaded. */
  addressBookLoaded: Deferred
}

export function selfUsername(client: VendorClient): string {
  return typeof client.user.UserName === 'string' ? client.user.UserName : ''
}

/** Returns the session's account with its current names. */
export function readAccount({ client }: WechatSession): WechatAccount {
  const { Uin, NickName } = client.user
  return {
    uin: typeof Uin === 'number' && Uin > 0 ? String(Uin) : client.PROP.uin,
    username: selfUsername(client),
    nickname: decodeName(typeof NickName === 'string' ? NickName : ''),
  }
}

/** Directs all further calls to the login's host; the client's addresses differ only in the host. */
export function setHost(session: WechatSession, host: string): void {
  for (const [name, address] of Object.entries(session.client.CONF))
    if (typeof address === 'string' && address.startsWith('https:'))
      session.client.CONF[name] = address.replace(/^(https:\/\/(?:[a-z]+\.)?)wx\.qq\.com/, `$1${host}`)
  session.host = host
}
