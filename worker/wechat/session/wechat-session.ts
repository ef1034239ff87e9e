import type { Logger } from '@/lib/logger'
import type { ContactBook } from '@/worker/wechat/protocol/contact-book'
import type { CommitQueue } from '@/worker/wechat/session/commit-queue'
import type { WechatAccount } from '@/worker/wechat/port'
import { decodeName } from '@/worker/wechat/protocol/decode-text'
import type { WebClient } from '@/worker/wechat/client/web-client'

/** A promise with its `resolve`. */
export type Deferred = { promise: Promise<void>; resolve: () => void }

/** The state of one login, shared by its loops. */
export type WechatSession = {
  client: WebClient
  book: ContactBook
  events: CommitQueue
  log: Logger
  wechatOrigin: string | undefined
  isLeaseValid: () => boolean
  onSynced: (() => void) | undefined
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

/** Returns the session's account with its current names. */
export function readAccount({ client }: WechatSession): WechatAccount {
  const { uin, username, nickname } = client.self
  return { uin: uin > 0 ? String(uin) : client.credentials.uin, username, nickname: decodeName(nickname) }
}
