import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { applicationLane } from '@/lib/callback/delivery/lane'
import { recordEvent } from '@/lib/callback/event/record-event'
import type { Tx } from '@/lib/db/client'
import { callbackEvents } from '@/lib/db/schema/callback'
import { givenApplication, givenRobot } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

let database: TestDatabase
let applicationId: string
let robotId: string
let wokenLanes: string[]
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())
beforeEach(async () => {
  const eventTypes = ['qun_full' as const, 'friend_request' as const]
  applicationId = await givenApplication(database.db, { callbackUrl: 'http://dev.test/cb', eventTypes })
  robotId = await givenRobot(database.db, { applicationId })
  wokenLanes = []
  database.onCommit(({ lanes }) => wokenLanes.push(...lanes))
})

const data = { code: 'MEU3', url: 'http://wxbot.test/weiqun/1', owner: '宋公明', assistant: 'weimi1001' }
const recordFull = (tx: Tx) => recordEvent(tx, { type: 'qun_full', robotId, data })
const recorded = () => database.db.select().from(callbackEvents).where(eq(callbackEvents.applicationId, applicationId))

it('two events of one transaction wake their lane once, after the commit', async () => {
  await database.db.transaction(async (tx) => {
    await recordFull(tx)
    await recordFull(tx)
    expect(wokenLanes).toEqual([])
  })
  expect(await recorded()).toHaveLength(2)
  expect(wokenLanes).toEqual([applicationLane(applicationId)])
})

it('an event whose transaction rolls back wakes no lane', async () => {
  const failed = database.db.transaction(async (tx) => {
    await recordFull(tx)
    throw new Error('rolled back')
  })
  await expect(failed).rejects.toThrow('rolled back')
  expect([await recorded(), wokenLanes]).toEqual([[], []])
})

it('an event that the application does not subscribe to is not recorded', async () => {
  await database.db.transaction((tx) => recordEvent(tx, { type: 'qun_created', robotId, data }))
  expect([await recorded(), wokenLanes]).toEqual([[], []])
})

it('text that Postgres cannot store in jsonb is recorded without the unstorable characters', async () => {
  const request = { nickname: '小\0林', content: '\ud800你好' }
  await database.db.transaction((tx) => recordEvent(tx, { type: 'friend_request', robotId, data: request }))
  expect((await recorded()).map((event) => event.data)).toEqual([
    { robot_id: robotId, nickname: '小林', content: '\ufffd你好' },
  ])
})
