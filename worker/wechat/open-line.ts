import type { Logger } from '@/lib/logger'
import type { CallRegistry } from './call-registry'
import { ContactBook } from './contact-book'
import { EventLine } from './event-line'
import { hardenClient } from './harden-client'
import { selfUsername, type Line, type LineSignal } from './line'
import type { CommitBatch } from './port'
import type { StockClient } from './stock-client'

/** Puts a fresh client and all that one login needs into one line. Makes no call yet. */
export function openLine(options: {
  client: StockClient
  wechatOrigin: string | undefined
  calls: CallRegistry
  mayCall: () => boolean
  commitBatch: CommitBatch
  signal: AbortSignal
  log: Logger
}): Line {
  const { client, wechatOrigin, calls, mayCall, commitBatch, signal, log } = options
  hardenClient(client, { wechatOrigin, calls, mayCall })
  return {
    client,
    book: new ContactBook(() => selfUsername(client)),
    events: new EventLine(commitBatch, signal, log),
    log,
    wechatOrigin,
    mayCall,
    host: 'wx.qq.com',
    phase: 'opening',
    hasSynced: false,
    isLoaded: false,
    isBookLoaded: false,
    signal,
    chats: createSignal(),
    bookLoaded: createSignal(),
  }
}

function createSignal(): LineSignal {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
