import { expect, it } from 'vitest'
import { expectedWaitMs, hasPlaceInTime } from './expected-wait'

it.each([
  ['nobody ahead, nothing sent yet', 60, null, 0, 0],
  ['nobody ahead, the last long ago', 60, 5000, 0, 0],
  ['nobody ahead, the last just now', 60, 200, 0, 800],
  ['ten ahead', 60, null, 10, 10_000],
  ['ten ahead and the last just now', 60, 0, 10, 11_000],
  ['a slow robot', 2, 1000, 1, 59_000],
  ['no limit', 0, 0, 500, 0],
])('A11: the wait with %s', (_title, ratePerMinute, sinceLastSendMs, ahead, expected) => {
  expect(expectedWaitMs({ ratePerMinute, jitterPercent: 15, sinceLastSendMs }, ahead)).toBe(expected)
})

it.each([
  ['whose turn comes at once', 1, null, 0, 1000, true],
  ['whose turn comes in time', 60, null, 28, 30_000, true],
  ['whose answer would come too late', 60, null, 29, 30_000, false],
  ['whose turn would come too late', 60, null, 31, 30_000, false],
  ['of a slow robot that has just sent', 1, 0, 0, 30_000, false],
  ['whose turn may come too late by half a beat', 60, null, 28, 29_600, false],
  ['that may wait ten minutes', 60, null, 500, 600_000, true],
  ['without a limit', 0, 0, 900, 1000, true],
])('A11: a place for a message %s', (_title, ratePerMinute, sinceLastSendMs, ahead, timeoutMs, expected) => {
  expect(hasPlaceInTime({ ratePerMinute, jitterPercent: 15, sinceLastSendMs }, { ahead, timeoutMs })).toBe(expected)
})
