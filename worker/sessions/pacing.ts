import { paceJitter, sendIntervalMs } from '@/lib/message/expected-wait'
import type { SendPace } from '@/lib/robot/get-send-pace'

/**
 * How long the next message has to wait: the even distance of the rate after the last one, ± 15 %, because a beat like a
 * clock's draws WeChat's attention. `random` is in [0, 1).
 */
export function nextSendInMs(pace: SendPace, random: number): number {
  if (pace.sinceLastSendMs === null) return 0
  const distanceMs = sendIntervalMs(pace) * (1 + paceJitter * (2 * random - 1))
  return Math.max(0, distanceMs - pace.sinceLastSendMs)
}
