import type { Logger } from '@/lib/logger'
import type { CallRegistry } from '@/worker/wechat/client/call-registry'
import { ContactBook } from '@/worker/wechat/protocol/contact-book'
import { CommitQueue } from '@/worker/wechat/session/commit-queue'
import { hardenClient } from '@/worker/wechat/client/harden-client'
import { selfUsername, type WechatSession, type Deferred } from '@/worker/wechat/session/wechat-session'
import type { CommitBatch } from '@/worker/wechat/port'
import type { VendorClient } from '@/worker/wechat/client/vendor-client'

/** Creates the state of one login around a new client. Makes no call. */
export function openWechatSession(options: {
  client: VendorClient
  wechatOrigin: string | undefined
  calls: CallRegistry
  isLeaseValid: () => boolean
  commitBatch: CommitBatch
  signal: AbortSignal
  log: Logger
}): WechatSession {
  const { client, wechatOrigin, calls, isLeaseValid, commitBatch, signal, log } = options
  hardenClient(client, { wechatOrigin, calls, isLeaseValid })
  return {
    client,
    book: new ContactBook(() => selfUsername(client)),
    events: new CommitQueue(commitBatch, signal, log),
    log,
    wechatOrigin,
    isLeaseValid,
    host: 'wx.qq.com',
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
