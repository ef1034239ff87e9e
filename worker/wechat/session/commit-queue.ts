import type { Logger } from '@/lib/logger'
import { retry } from '@/lib/retry'
import type { CommitBatch, WechatEvent } from '@/worker/wechat/port'

/** Maximum number of messages that join a batch while it waits. */
const maxJoined = 100

type Batch = { events: WechatEvent[]; position: string | null; stored: Promise<boolean> }

/**
 * Commits batches of events strictly in order. Retries a batch until it is stored; later batches wait, because the position in WeChat's
 * stream must not pass what we have stored. Messages without files that arrive meanwhile wait as one batch.
 */
export class CommitQueue {
  #tail: Promise<unknown> = Promise.resolve()
  /** The last batch, until its commit begins. */
  #waiting: Batch | null = null
  #isEnded = false

  constructor(
    private readonly commitBatch: CommitBatch,
    private readonly signal: AbortSignal,
    private readonly log: Logger,
  ) {}

  /** Returns true once the batch is stored, or false if the session ended first. */
  push(events: WechatEvent[], position: string | null): Promise<boolean> {
    const waiting = this.#waiting
    if (waiting && canJoin(waiting.events) && canJoin(events) && waiting.events.length + events.length <= maxJoined) {
      waiting.events.push(...events)
      waiting.position = position ?? waiting.position
      return waiting.stored
    }
    const batch: Batch = { events: [...events], position, stored: this.#tail.then(() => this.#store(batch)) }
    this.#waiting = batch
    this.#tail = batch.stored
    return batch.stored
  }

  async #store(batch: Batch): Promise<boolean> {
    if (this.#waiting === batch) this.#waiting = null
    if (this.#isEnded) return false
    const { events, position } = batch
    const isStored = await retry(
      async () => {
        await this.commitBatch(events, position)
        this.#isEnded = events.some((event) => event.type === 'offline')
        return true
      },
      {
        minMs: 200,
        maxMs: 5_000,
        signal: this.signal,
        onFailure: (error) => this.log.error({ err: error }, 'events from WeChat not stored, retrying'),
      },
    )
    return isStored ?? false
  }
}

/** Returns whether these are messages that need little memory while they wait: none has a file. */
export function canJoin(events: readonly WechatEvent[]): boolean {
  return events.every((event) => event.type === 'message' && event.message.media === null)
}
