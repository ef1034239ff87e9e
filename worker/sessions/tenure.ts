import type { Db, Tx } from '@/lib/db/client'
import { asOwner, LeaseLostError, type Owner } from '@/lib/session/lease'

/**
 * One worker's time with one robot (G6). It ends once, for good: when the robot is given back, or when the lease is found lost.
 * It may be closing before: nothing new is begun, what is under way ends. `signal` aborts at the end.
 */
export class Tenure {
  readonly #closing = new AbortController()
  readonly #end = new AbortController()
  #validUntilMs: number

  constructor(
    private readonly db: Db,
    readonly owner: Owner,
    /** On this process's monotonic clock (`performance.now()`): taken before the lease was asked for, less a margin. */
    validUntilMs: number,
  ) {
    this.#validUntilMs = validUntilMs
  }

  get robotId(): string {
    return this.owner.robotId
  }

  get signal(): AbortSignal {
    return this.#end.signal
  }

  get isOver(): boolean {
    return this.#end.signal.aborted
  }

  get isClosing(): boolean {
    return this.#closing.signal.aborted
  }

  /** To be asked before each call to WeChat: a process that was frozen finds its lease run out here. */
  mayCall(): boolean {
    return !this.isOver && performance.now() < this.#validUntilMs
  }

  prolong(validUntilMs: number): void {
    this.#validUntilMs = validUntilMs
  }

  close(): void {
    this.#closing.abort()
  }

  end(): void {
    this.#closing.abort()
    this.#end.abort()
  }

  /** Writes as the owner, in one transaction. @throws LeaseLostError, after which this tenure is over. */
  async write<T>(act: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await asOwner(this.db, this.owner, act)
    } catch (error) {
      if (error instanceof LeaseLostError) this.end()
      throw error
    }
  }

  /** Waits, but not into the closing. */
  async pause(durationMs: number): Promise<void> {
    if (durationMs <= 0 || this.isClosing) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, durationMs)
      const { signal } = this.#closing
      signal.addEventListener('abort', done)
      function done() {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
    })
  }
}
