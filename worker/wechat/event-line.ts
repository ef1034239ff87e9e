import type { Logger } from '@/lib/logger'
import { backoffMs, pause } from './pause'
import type { CommitBatch, WechatEvent } from './port'

/**
 * The one way out for events: strictly in the order they were handed over. A batch that is not stored is handed over again until it
 * is, and holds up all that follow, because WeChat's stream must not run ahead of what we have stored.
 */
export class EventLine {
  #tail: Promise<unknown> = Promise.resolve()
  #isEnded = false

  constructor(
    private readonly commitBatch: CommitBatch,
    private readonly signal: AbortSignal,
    private readonly log: Logger,
  ) {}

  /** Resolves with true once the batch is stored, with false when the line has ended before. */
  hand(events: WechatEvent[], position: string | null): Promise<boolean> {
    const handed = this.#tail.then(() => this.#store(events, position))
    this.#tail = handed
    return handed
  }

  async #store(events: WechatEvent[], position: string | null): Promise<boolean> {
    for (let failures = 0; !this.signal.aborted && !this.#isEnded;) {
      try {
        await this.commitBatch(events, position)
        this.#isEnded = events.some((event) => event.type === 'offline')
        return true
      } catch (error) {
        this.log.error({ err: error }, 'events from WeChat could not be stored')
        await pause(backoffMs(++failures, 200, 5_000), this.signal)
      }
    }
    return false
  }
}
