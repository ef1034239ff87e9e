import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApplication } from '@/lib/application/create-application'
import { applicationLane } from '@/lib/callback/delivery/lane'
import { callbackEvents } from '@/lib/db/schema/callback'
import { commands } from '@/lib/db/schema/command'
import { rooms } from '@/lib/db/schema/room'
import { sessions } from '@/lib/db/schema/session'
import { newId } from '@/lib/id'
import { callRoute, type Route } from '@/lib/testing/call-route'
import { givenRobot, givenRoom, givenSession } from '@/lib/testing/factories'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import * as login from '@/app/(api)/robots/[robotId]/login/route'
import * as robot from '@/app/(api)/robots/[robotId]/route'
import * as roomList from '@/app/(api)/robots/[robotId]/rooms/route'
import * as sync from '@/app/(api)/robots/[robotId]/rooms/sync/route'
import * as robots from '@/app/(api)/robots/route'

let database: TestDatabase
let web: TestWeb
let applicationId: string
let token: string
let robotId: string
const post = (route: Route, body: object = {}) =>
  callRoute(route, 'POST', { body: { token, ...body }, params: { robotId } })
const get = (route: Route) => callRoute(route, 'GET', { query: { token }, params: { robotId } })
const remove = () => callRoute(robot, 'DELETE', { query: { token }, params: { robotId } })
const commandsLeft = () => database.db.select().from(commands).where(eq(commands.robotId, robotId))

beforeAll(async () => {
  database = await createTestDatabase()
})
beforeEach(async () => {
  web = await openTestWeb(database)
  const { sealer } = web.context
  const made = await database.db.transaction((tx) => createApplication(tx, { sealer, name: 'a', callbackUrl: null }))
  applicationId = made.applicationId
  token = made.token
  robotId = await givenRobot(database.db, { applicationId })
  return () => web.close()
})
afterAll(() => database.drop())

describe('A6: a robot', () => {
  it.each(['waiting_scan', 'waiting_code', 'waiting_confirm', 'online', 'reconnecting'] as const)(
    'A6: a robot has the status %s',
    async (state) => {
      await givenSession(database.db, { robotId, state })
      expect((await get(robot)).data).toMatchObject({ robot: { id: robotId, status: state } })
    },
  )

  it('A6: a robot is created once under concurrent requests', async () => {
    const responses = await Promise.all(Array.from({ length: 20 }, () => post(robots, { username: '微信号' })))
    expect(new Set(responses.map(({ data }) => JSON.stringify(data))).size).toBe(1)
  })

  it('a robot deleted while online is returned as offline; its owner logs it out, and due callbacks stay due', async () => {
    await givenSession(database.db, { robotId })
    const event = { id: newId('callbackEvent'), applicationId, lane: applicationLane(applicationId), robotId }
    await database.db.insert(callbackEvents).values({ ...event, type: 'send_message', data: {} })
    expect((await remove()).data).toMatchObject({ robot: { id: robotId, status: 'offline' } })
    expect(await commandsLeft()).toMatchObject([{ type: 'logout', state: 'queued' }])
    const [due] = await database.db.select().from(callbackEvents).where(eq(callbackEvents.id, event.id))
    expect(due?.state).toBe('pending')
    expect(await remove()).toMatchObject({ retCode: -1005, errorMsg: '机器人不存在' })
  })
})

describe('A10: rooms', () => {
  it('A10: rooms are listed from the database without a worker, except rooms that are gone', async () => {
    await givenSession(database.db, { robotId, state: 'reconnecting' })
    const roomId = await givenRoom(database.db, { robotId, name: '在', username: '@@1' })
    const gone = await givenRoom(database.db, { robotId, name: '不在', username: '@@2' })
    await database.db.update(rooms).set({ goneAt: new Date() }).where(eq(rooms.id, gone))
    expect((await get(roomList)).data).toEqual({ rooms: [{ id: roomId, nickname: '在' }] })
    expect(await commandsLeft()).toEqual([])
    await database.db.delete(sessions).where(eq(sessions.robotId, robotId))
    expect((await get(roomList)).data).toEqual({ rooms: [{ id: roomId, nickname: '在' }] })
  })
})

describe.each([
  ['A10: a sync', sync, 30],
  ['A7: a login', login, 15],
] as const)('%s', (_name, route, seconds) => {
  it(`a command that no worker claims within ${seconds} s has retCode 1`, async () => {
    if (route === sync) await givenSession(database.db, { robotId })
    const response = post(route)
    await expect.poll(commandsLeft).toHaveLength(1)
    const [command] = await commandsLeft()
    const untilMs = (command?.deadlineAt.getTime() ?? 0) - (command?.createdAt.getTime() ?? 0)
    expect(Math.round(untilMs / 1000)).toBe(seconds)
    // Ends the wait as at its deadline.
    await web.context.replies.close()
    expect(await response).toMatchObject({ status: 200, retCode: 1 })
    expect(await commandsLeft()).not.toMatchObject([{ state: 'queued' }])
  })
})
