import { sleep } from '@/lib/retry'

/** Reads the latest callback that announced news after the hint `afterId`; null: none. */
export type Hints = (query: { afterId: number; openKfId: string }) => Promise<{ id: number; syncToken: string } | null>

/** A lost wake delays news by this much, because the rows are looked at again. */
const lookMs = 5_000

/** Waits for news: a wake of the robot, a callback whose wake was lost, or the end of the usual pause. */
export class NewsBell {
  #lastId = 0
  #ring: () => void = () => {}

  constructor(
    private readonly hints: Hints,
    private readonly signal: AbortSignal,
  ) {}

  ring(): void {
    this.#ring()
  }

  /** Resolves with the token of a callback that has not been followed, or with null after `pauseMs`. */
  async wait(openKfId: string, pauseMs: number): Promise<string | null> {
    const endMs = performance.now() + pauseMs
    for (;;) {
      const rung = new Promise<void>((resolve) => (this.#ring = resolve))
      const hint = await this.hints({ afterId: this.#lastId, openKfId })
      if (hint) {
        this.#lastId = hint.id
        return hint.syncToken
      }
      const leftMs = endMs - performance.now()
      if (leftMs <= 0 || this.signal.aborted) return null
      const pause = new AbortController()
      const paused = sleep(Math.min(leftMs, lookMs), AbortSignal.any([pause.signal, this.signal]))
      await Promise.race([paused, rung])
      pause.abort()
    }
  }
}
