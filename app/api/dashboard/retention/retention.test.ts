import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { webContext } from '@/lib/http/web-context'
import { defaultDays, readRetentionDays } from '@/lib/installation/retention'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as retention from '@/app/api/dashboard/retention/route'
import * as system from '@/app/api/dashboard/system/route'

const test = useDashboard()
const { asAdmin } = test
const none = { messageDays: null, mediaDays: null, eventDays: null, responseDays: null, sessionChangeDays: null }

it('the settings of an administrator hold for the clean-up and the system page, the environment for the rest', async () => {
  const defaults = defaultDays(webContext().env)
  expect(await readRetentionDays(test.db, defaults)).toEqual(defaults)
  await asAdmin(retention.PATCH, 'PATCH', { body: { ...none, messageDays: 20, eventDays: 3 } })
  expect(await readRetentionDays(test.db, defaults)).toEqual({ ...defaults, messages: 20, events: 3 })
  expect((await asAdmin(system.GET, 'GET')).body).toMatchObject({
    retention: expect.arrayContaining([expect.objectContaining({ kind: 'messages', days: 20 })]),
  })
  expect((await asAdmin(retention.GET, 'GET')).body).toMatchObject({ settings: { messageDays: 20, mediaDays: null } })
  await asAdmin(retention.PATCH, 'PATCH', { body: none, key: randomUUID() })
  expect(await readRetentionDays(test.db, defaults)).toEqual(defaults)
})

it.each([0, 3651, 1.5, '30'])('refuses %s days', async (messageDays) => {
  expect(await asAdmin(retention.PATCH, 'PATCH', { body: { ...none, messageDays } })).toMatchObject({ status: 400 })
})
