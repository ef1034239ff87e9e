import { expect, it } from 'vitest'
import { nextSendAtMs } from './pacing'

it.each([
  ['0 = as fast as WeChat takes them', 0, 0.5, 1000],
  ['60 a minute: a second apart', 60, 0.5, 2000],
  ['at most 15 % sooner', 60, 0, 1850],
  ['30 a minute: two seconds apart', 30, 0.5, 3000],
])('%s', (_title, rate, random, expected) => {
  expect(nextSendAtMs(1000, rate, random)).toBe(expected)
})
