import { expect, it } from 'vitest'
import { nextSendInMs } from './pacing'

it.each([
  ['0 = as fast as WeChat takes them', 0, 15, 0, 0.5, 0],
  ['the first of all goes at once', 60, 15, null, 0.5, 0],
  ['60 a minute: a second apart', 60, 15, 0, 0.5, 1000],
  ['at most 15 % sooner', 60, 15, 0, 0, 850],
  ['at most 15 % later', 60, 15, 0, 1, 1150],
  ['without jitter always the same', 60, 0, 0, 1, 1000],
  ['with 50 % at most half as much again', 60, 50, 0, 1, 1500],
  ['30 a minute: two seconds apart', 30, 15, 0, 0.5, 2000],
  ['time that has passed counts', 30, 15, 1500, 0.5, 500],
  ['after a long silence at once', 30, 15, 60_000, 1, 0],
])('A11: %s', (_title, ratePerMinute, jitterPercent, sinceLastSendMs, random, expected) => {
  expect(nextSendInMs({ ratePerMinute, jitterPercent, sinceLastSendMs }, random)).toBeCloseTo(expected)
})
