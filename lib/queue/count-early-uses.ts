import type { LimitResult } from '@/lib/queue/limiter'

/** The state of a key's minute after uses were counted in the store. */
export type CountedUses = { isAllowed: boolean; used: number; endsInMs: number }
type Report = (key: string, perMinute: number, uses: number) => Promise<CountedUses>
/** `used`: as the store knew it at the last report. */
type Minute = { used: number; endsMs: number; unreported: number; timer: NodeJS.Timeout | undefined }

/** Maximum time until the store, and with it other processes, knows of a use. */
const reportMs = 250
/** A process has a maximum of a twentieth of a limit unreported. */
const unreportedShare = 1 / 20
/** Maximum keys whose uses are counted here; those of others are reported one by one. */
const maxKeys = 10_000

/**
 * Counts uses in this process while less than half of a limit is used, and reports them to the store in batches, so that a call
 * does not wait for a write. From half on, and for limits under 20, each use is reported before it is allowed.
 */
export function countEarlyUses(report: Report) {
  const minutes = new Map<string, Minute>()

  function currentMinute(id: string): Minute | undefined {
    const minute = minutes.get(id)
    if (!minute || minute.endsMs > Date.now()) return minute
    clearTimeout(minute.timer)
    minutes.delete(id)
    return undefined
  }

  async function reportUses(key: string, perMinute: number, more: number): Promise<CountedUses> {
    const id = `${perMinute} ${key}`
    const minute = currentMinute(id)
    const uses = more + (minute?.unreported ?? 0)
    if (minute) {
      minute.unreported = 0
      clearTimeout(minute.timer)
      minute.timer = undefined
    }
    const counted = await report(key, perMinute, uses)
    const { used, endsInMs } = counted
    const current = currentMinute(id)
    if (current) Object.assign(current, { used: Math.max(used, current.used), endsMs: Date.now() + endsInMs })
    else if (perMinute * unreportedShare >= 1) {
      if (minutes.size >= maxKeys) for (const known of minutes.keys()) currentMinute(known)
      if (minutes.size < maxKeys)
        minutes.set(id, { used, endsMs: Date.now() + endsInMs, unreported: 0, timer: undefined })
    }
    return counted
  }

  return {
    async take(key: string, perMinute: number): Promise<LimitResult> {
      const minute = currentMinute(`${perMinute} ${key}`)
      const isEarly = minute && minute.used + minute.unreported < perMinute / 2
      if (isEarly && minute.unreported + 1 <= perMinute * unreportedShare) {
        minute.unreported += 1
        minute.timer ??= setTimeout(() => void reportUses(key, perMinute, 0).catch(() => undefined), reportMs).unref()
        return { isAllowed: true }
      }
      const { isAllowed, endsInMs } = await reportUses(key, perMinute, 1)
      return isAllowed ? { isAllowed } : { isAllowed, retryAfterMs: endsInMs }
    },
    /** Reports the uses of a key that the store does not know yet. */
    async report(key: string, perMinute: number): Promise<void> {
      if (currentMinute(`${perMinute} ${key}`)?.unreported) await reportUses(key, perMinute, 0)
    },
    close(): void {
      for (const { timer } of minutes.values()) clearTimeout(timer)
      minutes.clear()
    },
  }
}
