import type { SQL } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { sleep } from '@/lib/retry'
import { asOwner, heldLease, LeaseLostError, type Owner } from '@/lib/session/lease'

/**
 * A worker's lease of one robot. `close` announces the end: no new work begins, current work finishes. `end` is final: the robot was
 * released or the lease was lost; `signal` aborts. Spec: G6 (one owner per robot).
 */
export class LeaseHandle {
  readonly #closing = new AbortController()
  readonly #end = new AbortController()
  #validUntilMs: number

  constructor(
    private readonly db: Db,
    readonly owner: Owner,
    /** On the clock of `performance.now()`; counted from before the lease was requested, less a safety margin. */
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

  /** Returns whether the lease still holds. Check it before each call to WeChat: a process that was frozen finds its lease expired. */
  isValid(): boolean {
    return !this.isOver && performance.now() < this.#validUntilMs
  }

  extend(validUntilMs: number): void {
    this.#validUntilMs = validUntilMs
  }

  close(): void {
    this.#closing.abort()
  }

  end(): void {
    this.#closing.abort()
    this.#end.abort()
  }

  /** Runs a transaction as the owner. @throws LeaseLostError if the robot has another owner; the lease then ends. */
  async write<T>(act: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await asOwner(this.db, this.owner, act)
    } catch (error) {
      if (error instanceof LeaseLostError) this.end()
      throw error
    }
  }

  /**
   * Runs one statement as the owner, which writes only while `lease`, a query that locks the lease, has a row.
   * @throws LeaseLostError if `act` returns null because it has none; the lease then ends.
   */
  async writeOnce<T>(act: (db: Db, lease: SQL) => Promise<T | null>): Promise<T> {
    const result = await act(this.db, heldLease(this.owner))
    if (result === null) throw this.#lost()
    return result
  }

  /** Runs a transaction whose first statement checks the lease, with the same rules. */
  async writeChecked<T>(act: (tx: Tx, lease: SQL) => Promise<T | null>): Promise<T> {
    return this.db.transaction(async (tx) => {
      const result = await act(tx, heldLease(this.owner))
      if (result === null) throw this.#lost()
      return result
    })
  }

  #lost(): LeaseLostError {
    this.end()
    return new LeaseLostError(this.owner)
  }

  /** Sleeps; returns early once closing begins. */
  async pause(durationMs: number): Promise<void> {
    if (durationMs > 0) await sleep(durationMs, this.#closing.signal)
  }
}
