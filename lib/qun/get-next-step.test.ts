import { expect, it } from 'vitest'
import { getNextStep } from '@/lib/qun/get-next-step'

const ready = { isOnline: true, starterCount: 1, foundStarterCount: 1 }
const offline = { ...ready, isOnline: false }

it.each([
  ['closed', false, ready, 'reopen'],
  ['paused', false, ready, 'resume'],
  ['full', false, ready, 'makeAnother'],
  ['open', false, ready, 'shareLink'],
  ['open', false, offline, 'logIn'],
  ['open', true, offline, 'shareLink'],
  ['pending_room', true, ready, 'addPoolGroup'],
  ['pending_owner', false, { ...offline, starterCount: 0 }, 'addStarters'],
  ['pending_owner', false, offline, 'logIn'],
  ['pending_owner', false, ready, 'sendOwnerLink'],
  ['pending_room', false, { ...ready, foundStarterCount: 0 }, 'findStarters'],
  ['pending_room', false, ready, 'waitForRoom'],
] as const)(
  'the next step of a group that is %s (customer group: %s, %o) is %s',
  (status, isCustomerGroup, readiness, step) => expect(getNextStep({ status, isCustomerGroup, readiness })).toBe(step),
)
