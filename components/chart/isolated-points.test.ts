import { expect, it } from 'vitest'
import { isolatedPoints } from '@/components/chart/isolated-points'

it.each([
  [[], []],
  [[5], [0]],
  [[0], [0]],
  [[null, 5, null], [1]],
  [
    [5, null, 6],
    [0, 2],
  ],
  [[5, 6, null, 7], [3]],
  [[5, 6, 7], []],
  [[null, undefined], []],
])('the isolated values of %j are at %j', (values, places) => {
  expect([...isolatedPoints(values)]).toEqual(places)
})
