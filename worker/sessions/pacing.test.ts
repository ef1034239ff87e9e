import { expect, it } from 'vitest'
import { nextSendInMs } from './pacing'

it.each([
  ['0 = as fast as WeChat takes them', 0, 0, 0.5, 0],
  ['the first of all goes at once', 60, null, 0.5, 0],
  ['60 a minute: a second apart', 60, 0, 0.5, 1000],
  ['at most 15 % sooner', 60, 0, 0, 850],
  ['at most 15 % later', 60, 0, 1, 1150],
  ['30 a minute: two seconds apart', 30, 0, 0.5, 2000],
  ['time that has passed counts', 30, 1500, 0.5, 500],
  ['after a long silence at once', 30, 60_000, 1, 0],
])('A11: %s', (_title, ratePerMinute, sinceLastSendMs, random, expected) => {
  expect(nextSendInMs({ ratePerMinute, sinceLastSendMs }, random)).toBeCloseTo(expected)
})
