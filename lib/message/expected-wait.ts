import type { SendPace } from '@/lib/robot/send-pace'

/** Milliseconds within which WeChat usually accepts a message. */
export const wechatResponseMs = 1500

/** Returns the average milliseconds between two sends; 0: no limit. */
export function sendIntervalMs({ ratePerMinute }: SendPace): number {
  return ratePerMinute > 0 ? 60_000 / ratePerMinute : 0
}

/** Returns the milliseconds until a message behind `ahead` others is sent. */
export function expectedWaitMs(pace: SendPace, ahead: number): number {
  const intervalMs = sendIntervalMs(pace)
  const firstMs = pace.sinceLastSendMs === null ? 0 : Math.max(0, intervalMs - pace.sinceLastSendMs)
  return firstMs + ahead * intervalMs
}

/** Returns whether a message accepted now can be sent, and WeChat's response received, before its deadline. Spec: A11 (send). */
export function canSendInTime(pace: SendPace, { ahead, timeoutMs }: { ahead: number; timeoutMs: number }): boolean {
  const waitMs = expectedWaitMs(pace, ahead)
  const jitterMs = (pace.jitterPercent / 100) * sendIntervalMs(pace)
  return waitMs === 0 || waitMs + wechatResponseMs + jitterMs <= timeoutMs
}
