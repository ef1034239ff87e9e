/** Maximum duration of one attempt, from connecting to the end of the response. */
export const attemptTimeoutMs = 10_000
/** Maximum concurrent attempts per lane and worker. */
export const attemptsPerLane = 4

/**
 * Returns the seconds until the next attempt after `failedCount` failures, ± 20 %; null: no more attempts.
 * @param scheduleSeconds seconds after the previous attempt; a leading 0 stands for the first attempt.
 * @param random from 0 to 1; Math.random by default.
 */
export function retryDelaySeconds(
  scheduleSeconds: readonly number[],
  failedCount: number,
  random = Math.random(),
): number | null {
  const delays = scheduleSeconds[0] === 0 ? scheduleSeconds.slice(1) : scheduleSeconds
  const delay = delays[failedCount - 1]
  return delay === undefined ? null : delay * (0.8 + 0.4 * random)
}
