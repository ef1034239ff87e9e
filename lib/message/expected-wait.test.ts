import { expect, it } from 'vitest'
import { expectedWaitMs, canSendInTime } from '@/lib/message/expected-wait'

it.each([
  ['an empty queue and no previous send', 60, null, 0, 0],
  ['an empty queue and an old send', 60, 5000, 0, 0],
  ['an empty queue and a recent send', 60, 200, 0, 800],
  ['ten ahead', 60, null, 10, 10_000],
  ['ten ahead and a recent send', 60, 0, 10, 11_000],
  ['a slow robot', 2, 1000, 1, 59_000],
  ['no rate limit', 0, 0, 500, 0],
])('A11: expects the wait with %s', (_title, ratePerMinute, sinceLastSendMs, ahead, expected) => {
  expect(expectedWaitMs({ ratePerMinute, jitterPercent: 15, sinceLastSendMs }, ahead)).toBe(expected)
})

it.each([
  ['that is next', 1, null, 0, 1000, true],
  ['whose turn comes before the deadline', 60, null, 28, 30_000, true],
  ['whose response would come after the deadline', 60, null, 29, 30_000, false],
  ['whose turn would come after the deadline', 60, null, 31, 30_000, false],
  ['of a slow robot with a recent send', 1, 0, 0, 30_000, false],
  ['whose turn may come late by the jitter', 60, null, 28, 29_600, false],
  ['with a timeout of ten minutes', 60, null, 500, 600_000, true],
  ['without a rate limit', 0, 0, 900, 1000, true],
])(
  'A11: decides whether to accept a message %s',
  (_title, ratePerMinute, sinceLastSendMs, ahead, timeoutMs, expected) => {
    expect(canSendInTime({ ratePerMinute, jitterPercent: 15, sinceLastSendMs }, { ahead, timeoutMs })).toBe(expected)
  },
)
