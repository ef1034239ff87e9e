/**
 * Seconds until the next try after `failedCount` failed ones, ± 20 %; null = there is none.
 * @param scheduleSeconds seconds after the try before; a first 0 stands for the first try itself.
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
