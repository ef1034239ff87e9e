import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { issueToken } from '@/lib/application/issue-token'
import { auditEntries } from '@/lib/db/schema/operator'
import { callRoute } from '@/lib/testing/call-route'
import { givenApplication, givenSession } from '@/lib/testing/factories'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import * as login from '@/app/(api)/robots/[robotId]/login/route'
import * as logout from '@/app/(api)/robots/[robotId]/logout/route'
import * as sync from '@/app/(api)/robots/[robotId]/rooms/sync/route'
import * as robot from '@/app/(api)/robots/[robotId]/route'
import * as robots from '@/app/(api)/robots/route'

let database: TestDatabase
let web: TestWeb
let owner: { close(): Promise<void> }
beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database)
  owner = web.startFakeWorker({ command: () => ({ result: {} }) })
})
afterAll(async () => {
  await owner?.close()
  await web?.close()
  await database?.drop()
})

it('changes of a robot are recorded with the token as actor, and calls without a change are not recorded', async () => {
  const applicationId = await givenApplication(database.db)
  const { token, tokenId } = await issueToken(database.db, { applicationId, name: 'shop' })
  const headers = { authorization: `Bearer ${token}` }
  const create = () => callRoute(robots, 'POST', { headers, body: { username: 'weimi1' } })
  const created = await create()
  const robotId = (created.data?.['robot'] as { id: string } | undefined)?.id ?? ''
  await create()
  const params = { robotId }
  const leave = () => callRoute(logout, 'POST', { headers, params, body: {} })
  for (let count = 0; count < 2; count++) await callRoute(login, 'POST', { headers, params, body: {} })
  await leave()
  await database.sql`update sessions set state = 'ended', ended_at = now()`
  await leave()
  await givenSession(database.db, { robotId })
  for (let count = 0; count < 2; count++) await callRoute(sync, 'POST', { headers, params, body: {} })
  await callRoute(robot, 'DELETE', { headers, params })
  await callRoute(robot, 'DELETE', { headers, params })

  const ofRobot = eq(auditEntries.targetId, robotId)
  const entries = await database.db.select().from(auditEntries).where(ofRobot).orderBy(asc(auditEntries.id))
  expect(entries.map(({ action }) => action)).toEqual([
    'robot.create',
    'robot.login',
    'robot.logout',
    'robot.sync',
    'robot.delete',
  ])
  expect(new Set(entries.map(({ actor }) => actor))).toEqual(new Set([`token:${tokenId}`]))
  expect(JSON.stringify(entries)).not.toContain(token)
})
