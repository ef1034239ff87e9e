import type { SendPace } from '../robot/get-send-pace'

/** WeChat takes a message within this time, as a rule. */
export const answerMs = 1500

/** How long a robot's messages are apart on average; 0 without a limit. */
export function sendIntervalMs({ ratePerMinute }: SendPace): number {
  return ratePerMinute > 0 ? 60_000 / ratePerMinute : 0
}

/** How long a message will wait for its turn behind `ahead` others. */
export function expectedWaitMs(pace: SendPace, ahead: number): number {
  const intervalMs = sendIntervalMs(pace)
  const firstMs = pace.sinceLastSendMs === null ? 0 : Math.max(0, intervalMs - pace.sinceLastSendMs)
  return firstMs + ahead * intervalMs
}

/** Tells whether a message that is accepted now can be out, and WeChat's answer here, before its deadline. Spec: A11. */
export function hasPlaceInTime(pace: SendPace, { ahead, timeoutMs }: { ahead: number; timeoutMs: number }): boolean {
  const waitMs = expectedWaitMs(pace, ahead)
  const latenessMs = (pace.jitterPercent / 100) * sendIntervalMs(pace)
  return waitMs === 0 || waitMs + answerMs + latenessMs <= timeoutMs
}
