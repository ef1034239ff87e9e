import { setTimeout as delay } from 'node:timers/promises'

/** Waits, but no longer than the line lives. Never rejects. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined)
}

/** How long to wait after so many failures in a row: doubling from `firstMs` to `mostMs`, a fifth less or more. */
export function backoffMs(failures: number, firstMs: number, mostMs: number): number {
  return Math.min(mostMs, firstMs * 2 ** Math.max(0, failures - 1)) * (0.8 + Math.random() * 0.4)
}
