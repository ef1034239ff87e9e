import { sleep } from '@/lib/retry'

/** Reads the next callbacks that were stored after the one with the id `afterId`; null: none. */
type ReadHint<Hint> = (afterId: number) => Promise<Hint | null>

/** After a lost wake, a callback is found by this much later, because the rows are read again. */
const readAgainMs = 5_000

/** Waits for callbacks of WeCom, each of which is only a hint to ask it. */
export class HintWatcher<Hint extends { id: number }> {
  #lastId = 0
  #wake: () => void = () => {}

  constructor(
    private readonly read: ReadHint<Hint>,
    private readonly signal: AbortSignal,
  ) {}

  /** Reads again at once. */
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

  /** Passes over the hints up to now. */
  async skip(): Promise<void> {
    while (await this.next(0));
  }
}
