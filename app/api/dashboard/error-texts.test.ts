import { createTranslator } from 'use-intl/core'
import { expect, it } from 'vitest'
import { givenRobot, givenRoom } from '@/lib/testing/factories'
import { useDashboard } from '@/lib/testing/use-dashboard'
import en from '@/messages/en.json'
import * as applications from '@/app/api/dashboard/applications/route'
import * as operators from '@/app/api/dashboard/operators/route'
import * as operator from '@/app/api/dashboard/operators/[operatorId]/route'
import * as decision from '@/app/api/dashboard/robots/[robotId]/rooms/[roomId]/decision/route'
import * as release from '@/app/api/dashboard/robots/[robotId]/release/route'

const test = useDashboard()
const t = createTranslator({ locale: 'en', messages: en as never, namespace: 'errors.reason' as never }) as unknown as (
  reason: string,
  params: object,
) => string

it('errors carry the reason and the parameters that their English text needs', async () => {
  const refused = await test.asAdmin(applications.POST, 'POST', {
    body: { name: '店', callbackUrl: 'http://10.0.0.7/cb' },
  })
  const { reason, params, parameter } = refused.body.error
  expect(parameter).toBe('callbackUrl')
  expect(t(reason, params)).toBe('The address leads to 10.0.0.7, which is not public. EGRESS_ALLOW can allow it.')

  const body = { email: 'twice@wxbot.test', role: 'viewer' }
  await test.asAdmin(operators.POST, 'POST', { body })
  const twice = (await test.asAdmin(operators.POST, 'POST', { body })).body.error
  expect(t(twice.reason, {})).toBe('There is already an operator with this email.')
  const last = await test.asAdmin(operator.PATCH, 'PATCH', {
    ids: { operatorId: test.adminId },
    body: { role: 'viewer' },
  })
  expect(t(last.body.error.reason, {})).toBe('At least one admin must remain.')

  const robotId = await givenRobot(test.db)
  const roomId = await givenRoom(test.db, { robotId, name: '群', username: '@@1' })
  const decided = await test.asAdmin(decision.POST, 'POST', { ids: { robotId, roomId }, body: { knownRoomId: null } })
  expect(t(decided.body.error.reason, {})).toBe('This room is already confirmed.')
  const released = await test.asAdmin(release.POST, 'POST', { ids: { robotId } })
  expect(t(released.body.error.reason, {})).toBe('The robot has never logged in, so any WeChat account can.')
})

it('an invalid field is returned with the rule that it violates', async () => {
  const { body } = await test.asAdmin(applications.POST, 'POST', { body: { name: '长'.repeat(65) } })
  expect(body.error).toMatchObject({
    parameter: 'name',
    issue: { code: 'custom', params: { rule: 'tooLong', max: 64 } },
  })
})
