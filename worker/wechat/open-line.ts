import type { Logger } from '@/lib/logger'
import type { CallRegistry } from './call-registry'
import { ContactBook } from './contact-book'
import { EventLine } from './event-line'
import { hardenClient } from './harden-client'
import { selfUsername, type Line } from './line'
import type { CommitBatch } from './port'
import type { StockClient } from './stock-client'

/** Puts a fresh client and all that one login needs into one line. Makes no call yet. */
export function openLine(options: {
  client: StockClient
  wechatOrigin: string | undefined
  calls: CallRegistry
  commitBatch: CommitBatch
  signal: AbortSignal
  log: Logger
}): Line {
  const { client, wechatOrigin, calls, commitBatch, signal, log } = options
  hardenClient(client, { wechatOrigin, calls })
  return {
    client,
    book: new ContactBook(() => selfUsername(client)),
    events: new EventLine(commitBatch, signal, log),
    log,
    wechatOrigin,
    host: 'wx.qq.com',
    phase: 'opening',
    hasSynced: false,
    isLoaded: false,
    signal,
    chats: createSignal(),
  }
}

function createSignal(): Line['chats'] {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
