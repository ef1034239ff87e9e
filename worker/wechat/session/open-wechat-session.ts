import type { Logger } from '@/lib/logger'
import { ContactBook } from '@/worker/wechat/protocol/contact-book'
import { CommitQueue } from '@/worker/wechat/session/commit-queue'
import type { Deferred, WechatSession } from '@/worker/wechat/session/wechat-session'
import type { CommitBatch } from '@/worker/wechat/port'
import type { WebClient } from '@/worker/wechat/client/web-client'

/** Creates the state of one login around a new client. Makes no call. */
export function openWechatSession(options: {
  client: WebClient
  wechatOrigin: string | undefined
  isLeaseValid: () => boolean
  onSynced: (() => void) | undefined
  commitBatch: CommitBatch
  signal: AbortSignal
  log: Logger
}): WechatSession {
  const { client, wechatOrigin, isLeaseValid, onSynced, commitBatch, signal, log } = options
  return {
    client,
    book: new ContactBook(() => client.self.username),
    events: new CommitQueue(commitBatch, signal, log),
    log,
    wechatOrigin,
    isLeaseValid,
    onSynced,
    phase: 'opening',
    hasSynced: false,
    areRoomsRequested: false,
    isAddressBookLoaded: false,
    signal,
    chatsListed: createDeferred(),
    addressBookLoaded: createDeferred(),
  }
}

function createDeferred(): Deferred {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
