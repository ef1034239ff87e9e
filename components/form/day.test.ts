import { expect, it } from 'vitest'
import { dayOf, endOfDay } from '@/components/form/day'

it('a day converts to its last millisecond and back, in the viewer’s time zone', () => {
  const end = endOfDay('2026-03-29')
  expect(dayOf(end)).toBe('2026-03-29')
  expect(dayOf(new Date(new Date(end!).getTime() + 1).toISOString())).toBe('2026-03-30')
})

it('an empty day converts to null, and null to an empty day', () => {
  expect([endOfDay(''), dayOf(null), dayOf('')]).toEqual([null, '', ''])
})
