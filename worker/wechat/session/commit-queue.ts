import type { Logger } from '@/lib/logger'
import { retry } from '@/lib/retry'
import type { CommitBatch, WechatEvent } from '@/worker/wechat/port'

/**
 * Commits batches of events strictly in order. Retries a batch until it is stored; later batches wait, because the position in WeChat's
 * stream must not pass what we have stored.
 */
export class CommitQueue {
  #tail: Promise<unknown> = Promise.resolve()
  #isEnded = false

  constructor(
    private readonly commitBatch: CommitBatch,
    private readonly signal: AbortSignal,
    private readonly log: Logger,
  ) {}

  /** Returns true once the batch is stored, or false if the session ended first. */
  push(events: WechatEvent[], position: string | null): Promise<boolean> {
    const stored = this.#tail.then(() => this.#store(events, position))
    this.#tail = stored
    return stored
  }

  async #store(events: WechatEvent[], position: string | null): Promise<boolean> {
    if (this.#isEnded) return false
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
