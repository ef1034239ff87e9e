import { sendIntervalMs } from '@/lib/message/expected-wait'
import type { SendPace } from '@/lib/robot/send-pace'

/**
 * Returns the wait before the next message: the interval of the robot's rate, varied by its jitter, less the time since the last message.
 * Jitter, because WeChat notices a fixed interval. `random` is in [0, 1).
 */
export function nextSendInMs(pace: SendPace, random: number): number {
  if (pace.sinceLastSendMs === null) return 0
  const intervalMs = sendIntervalMs(pace) * (1 + (pace.jitterPercent / 100) * (2 * random - 1))
  return Math.max(0, intervalMs - pace.sinceLastSendMs)
}
