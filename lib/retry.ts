import { setTimeout as delay } from 'node:timers/promises'

/** `minMs` is the pause after the first failure; each further failure doubles it, up to `maxMs`. */
type Backoff = { minMs: number; maxMs: number }

type Options = Backoff & {
  /** Called after each failure, with the failures so far. Retrying ends if it throws: `retry` rejects with that error. */
  onFailure: (error: unknown, failures: number) => unknown
}

/** Waits, or returns early once `signal` is aborted. Never rejects. */
export async function sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
  await delay(durationMs, undefined, { signal }).catch(() => undefined)
}

/** Returns the pause after this many consecutive failures, varied by up to 20 % so that clients do not retry in step. */
export function backoffMs(failures: number, { minMs, maxMs }: Backoff): number {
  return Math.min(maxMs, minMs * 2 ** Math.max(0, failures - 1)) * (0.8 + Math.random() * 0.4)
}

/**
 * Calls `act` until it succeeds and returns its result; pauses after each failure. With a `signal` it ends once that is aborted and
 * returns undefined; an attempt under way is waited for.
 */
export function retry<T>(
  act: (failures: number) => Promise<T>,
  options: Options & { signal: AbortSignal },
): Promise<T | undefined>
export function retry<T>(act: (failures: number) => Promise<T>, options: Options): Promise<T>
export async function retry<T>(
  act: (failures: number) => Promise<T>,
  { signal, onFailure, ...backoff }: Options & { signal?: AbortSignal },
): Promise<T | undefined> {
  for (let failures = 0; !signal?.aborted;) {
    try {
      return await act(failures)
    } catch (error) {
      failures += 1
      await onFailure(error, failures)
      await sleep(backoffMs(failures, backoff), signal)
    }
  }
  return undefined
}
