import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { auditEntries } from '@/lib/db/schema/operator'
import { storeRooms } from '@/lib/room/store-rooms'
import { givenRobot, givenSession } from '@/lib/testing/factories'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as overview from '@/app/api/dashboard/overview/route'
import * as release from '@/app/api/dashboard/robots/[robotId]/release/route'
import * as decision from '@/app/api/dashboard/robots/[robotId]/rooms/[roomId]/decision/route'
import * as ambiguities from '@/app/api/dashboard/robots/[robotId]/rooms/ambiguities/route'
import * as robot from '@/app/api/dashboard/robots/[robotId]/route'

const test = useDashboard()

it('an ambiguous room is listed with its candidates, resolved once, and the audit records the actor (A9)', async () => {
  const robotId = await givenRobot(test.db)
  const store = (username: string, who: string) =>
    test.db.transaction((tx) => {
      const members = [...who].map((one) => [one])
      const seen = { username, name: '老同学', memberCount: 3, wechatId: null, headSeq: null, members }
      return storeRooms(tx, { robotId, seen: [seen], isComplete: true })
    })
  const knownRoomId = (await store('@@1', 'abc')).get('@@1')
  await test.sql`update rooms set username = null where robot_id = ${robotId}`
  const roomId = (await store('@@2', 'xyz')).get('@@2') ?? ''
  const listed = await test.asAdmin(ambiguities.GET, 'GET', { ids: { robotId } })
  expect(listed.body).toMatchObject([{ room: { id: roomId }, candidates: [{ id: knownRoomId, sharedCount: 0 }] }])
  const listAmbiguous = async () => (await test.asAdmin(overview.GET, 'GET')).body.attention.ambiguities.rows
  expect(await listAmbiguous()).toMatchObject([{ id: robotId, count: 1 }])
  const decide = (body: object) => test.asAdmin(decision.POST, 'POST', { ids: { robotId, roomId }, body })
  expect(await decide({})).toMatchObject({ status: 400, body: { error: { parameter: 'knownRoomId' } } })
  expect(await decide({ knownRoomId })).toMatchObject({ status: 200, body: { roomId: knownRoomId } })
  expect(await decide({ knownRoomId })).toMatchObject({ status: 404 })
  expect((await test.asAdmin(ambiguities.GET, 'GET', { ids: { robotId } })).body).toEqual([])
  expect(await listAmbiguous()).toEqual([])
  const entries = await test.db.select().from(auditEntries).where(eq(auditEntries.targetId, roomId))
  expect(entries).toMatchObject([{ action: 'room.decide', actor: `operator:${test.adminId}` }])
})

it('a robot is released for another account, but not while it is online or has no account (A7)', async () => {
  const robotId = await givenRobot(test.db)
  const ask = () => test.asAdmin(release.POST, 'POST', { ids: { robotId } })
  expect(await ask()).toMatchObject({ status: 409 })
  await test.sql`update robots set wechat_uin = '7', nickname = '小微' where id = ${robotId}`
  const sessionId = await givenSession(test.db, { robotId, onlineAt: new Date() })
  expect(await ask()).toMatchObject({ status: 409, body: { error: { code: 'ILLEGAL_ACTION' } } })
  await test.sql`update sessions set state = 'ended' where id = ${sessionId}`
  expect(await ask()).toMatchObject({ status: 200 })
  expect((await test.asAdmin(robot.GET, 'GET', { ids: { robotId } })).body).toMatchObject({ nickname: '' })
})
