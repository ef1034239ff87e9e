import { sleep } from '@/lib/retry'

/** Reads the next callbacks that were stored after the one with the id `afterId`; null: none. */
type ReadHint<Hint> = (afterId: number) => Promise<Hint | null>

/** Interval at which `next` reads the rows again, so that it finds a callback whose wake was lost. */
const readAgainMs = 5_000

/** Waits for callbacks of WeCom. A callback is only a hint that the caller must query WeCom. */
export class HintWatcher<Hint extends { id: number }> {
  #lastId = 0
  #wake: () => void = () => {}

  constructor(
    private readonly read: ReadHint<Hint>,
    private readonly signal: AbortSignal,
  ) {}

  /** Makes a waiting `next` read the rows immediately. */
  wake(): void {
    this.#wake()
  }

  /** Resolves with a hint that no call has returned yet, or with null after `pauseMs`. */
  async next(pauseMs: number): Promise<Hint | null> {
    const endMs = performance.now() + pauseMs
    for (;;) {
      const woken = new Promise<void>((resolve) => (this.#wake = resolve))
      const hint = await this.read(this.#lastId)
      if (hint) {
        this.#lastId = hint.id
        return hint
      }
      const leftMs = endMs - performance.now()
      if (leftMs <= 0 || this.signal.aborted) return null
      const pause = new AbortController()
      const paused = sleep(Math.min(leftMs, readAgainMs), AbortSignal.any([pause.signal, this.signal]))
      await Promise.race([paused, woken])
      pause.abort()
    }
  }

  /** Discards all hints that are stored so far. */
  async skip(): Promise<void> {
    while (await this.next(0));
  }
}
