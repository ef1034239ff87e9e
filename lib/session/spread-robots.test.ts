import { expect, it } from 'vitest'
import { shareOfRobots } from '@/lib/session/spread-robots'

const robots = (count: number) => Array.from({ length: count }, (_, index) => `rbt_${index}`)
const load = (workerId: string, robotCount: number) => ({ workerId, robotCount })

it.each([
  ['evenly to equal workers', 50, [load('a', 0), load('b', 0)], [25, 25]],
  ['all to the only worker', 50, [load('a', 10)], [50]],
  ['first to the worker with fewer robots', 10, [load('b', 0), load('a', 30)], [10, 0]],
  ['up to the same number of robots', 20, [load('b', 10), load('a', 20)], [15, 5]],
])('robots without an owner go %s', (_how, count, loads, expected) => {
  const shares = loads.map(({ workerId }) => shareOfRobots(robots(count), loads, workerId))
  expect(shares.map((share) => share.length)).toEqual(expected)
  expect(new Set(shares.flat()).size).toBe(count)
})

it('a worker that is not listed as live yet claims all robots', () => {
  expect(shareOfRobots(robots(3), [load('a', 0)], 'new')).toHaveLength(3)
})
