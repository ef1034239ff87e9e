import type { QunStatus } from '@/lib/qun/qun-view'
import type { Readiness } from '@/lib/qun/read-readiness'

/** What a person can do next about a group; each has its text in `qun.next`. */
export type NextStep =
  | 'reopen'
  | 'resume'
  | 'makeAnother'
  | 'addPoolGroup'
  | 'logIn'
  | 'addStarters'
  | 'findStarters'
  | 'sendOwnerLink'
  | 'waitForRoom'
  | 'shareLink'

type State = { status: QunStatus; isCustomerGroup: boolean; readiness: Readiness }

/** Returns the one step that brings a group forward: what stops it first, otherwise what makes use of it. */
export function getNextStep({ status, isCustomerGroup, readiness }: State): NextStep {
  if (status === 'closed') return 'reopen'
  if (status === 'paused') return 'resume'
  if (status === 'full') return 'makeAnother'
  if (status === 'open') return readiness.isOnline || isCustomerGroup ? 'shareLink' : 'logIn'
  if (isCustomerGroup) return 'addPoolGroup'
  if (readiness.starterCount === 0) return 'addStarters'
  if (!readiness.isOnline) return 'logIn'
  if (status === 'pending_owner') return 'sendOwnerLink'
  return readiness.foundStarterCount === 0 ? 'findStarters' : 'waitForRoom'
}
