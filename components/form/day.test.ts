import { expect, it } from 'vitest'
import { dayOf, endOfDay } from './day'

it('a day goes to its last moment and back, in the zone of who looks', () => {
  const end = endOfDay('2026-03-29')
  expect(dayOf(end)).toBe('2026-03-29')
  expect(dayOf(new Date(new Date(end!).getTime() + 1).toISOString())).toBe('2026-03-30')
})

it('no day is no moment, and no moment is no day', () => {
  expect([endOfDay(''), dayOf(null), dayOf('')]).toEqual([null, '', ''])
})
