import { expect, it } from 'vitest'
import { nextSendInMs } from '@/worker/robots/pacing'

it.each([
  ['rate 0: no wait', 0, 15, 0, 0.5, 0],
  ['the first message: no wait', 60, 15, null, 0.5, 0],
  ['60 per minute: one second', 60, 15, 0, 0.5, 1000],
  ['jitter of 15 %: at most 15 % shorter', 60, 15, 0, 0, 850],
  ['jitter of 15 %: at most 15 % longer', 60, 15, 0, 1, 1150],
  ['no jitter: always the same', 60, 0, 0, 1, 1000],
  ['jitter of 50 %: at most 50 % longer', 60, 50, 0, 1, 1500],
  ['30 per minute: two seconds', 30, 15, 0, 0.5, 2000],
  ['the time since the last message counts', 30, 15, 1500, 0.5, 500],
  ['after a long silence: no wait', 30, 15, 60_000, 1, 0],
])('A11: the wait before a send: %s', (_title, ratePerMinute, jitterPercent, sinceLastSendMs, random, expected) => {
  expect(nextSendInMs({ ratePerMinute, jitterPercent, sinceLastSendMs }, random)).toBeCloseTo(expected)
})
