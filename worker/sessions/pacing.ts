import { sendIntervalMs } from '@/lib/message/expected-wait'
import type { SendPace } from '@/lib/robot/get-send-pace'

/**
 * How long the next message has to wait: the even distance of the rate after the last one, more or less by the robot's jitter,
 * because a beat like a clock's draws WeChat's attention. `random` is in [0, 1).
 */
export function nextSendInMs(pace: SendPace, random: number): number {
  if (pace.sinceLastSendMs === null) return 0
  const distanceMs = sendIntervalMs(pace) * (1 + (pace.jitterPercent / 100) * (2 * random - 1))
  return Math.max(0, distanceMs - pace.sinceLastSendMs)
}
