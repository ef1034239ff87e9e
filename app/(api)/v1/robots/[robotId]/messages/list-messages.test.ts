import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApplication } from '@/lib/application/create-application'
import { contacts } from '@/lib/db/schema/contact'
import { memberships } from '@/lib/db/schema/membership'
import { messages } from '@/lib/db/schema/message'
import { rooms, roomUsernames } from '@/lib/db/schema/room'
import { newId } from '@/lib/id'
import { createQun } from '@/lib/qun/create-qun'
import { callRoute, type Route } from '@/lib/testing/call-route'
import { givenRobot, givenRoom } from '@/lib/testing/factories'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import * as messageRoute from '@/app/(api)/v1/robots/[robotId]/messages/route'
import * as memberRoute from '@/app/(api)/v1/robots/[robotId]/rooms/[roomId]/members/route'

let database: TestDatabase
let web: TestWeb
let token: string
let robotId: string
let roomId: string
beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database)
  const { db } = database
  const options = { sealer: web.context.sealer, name: 'own', callbackUrl: null }
  const created = await db.transaction((tx) => createApplication(tx, options))
  token = created.token
  robotId = await givenRobot(db, { applicationId: created.applicationId })
  roomId = await givenRoom(db, { robotId, name: '客户群', username: '@@1' })
  await db.insert(roomUsernames).values({ robotId, roomId, username: '@@0' })
  const otherRoom = await givenRoom(db, { robotId, name: '其他', username: '@@2' })
  const common = { robotId, direction: 'in', type: 'text', state: 'received' } as const
  for (let number = 1; number <= 5; number++) {
    await db.insert(messages).values({ ...common, id: newId('message'), roomId, content: `群 ${number}` })
    await db
      .insert(messages)
      .values({ ...common, id: newId('message'), peerUsername: '@小林', content: `人 ${number}` })
  }
  await db.insert(messages).values({ ...common, id: newId('message'), roomId: otherRoom, content: '其他' })
})
afterAll(async () => {
  await web.close()
  await database.drop()
})

async function read(route: Route, query: object, room = roomId) {
  const params = { robotId, roomId: room }
  const { data, status } = await callRoute(route, 'GET', { query: { token, ...query }, params })
  return { status, ...(data as { messages: { content: string; to_user: string }[]; next_cursor: string | null }) }
}
const contents = (page: { messages: { content: string }[] }) => page.messages.map(({ content }) => content)

describe('GET /v1/robots/{robot_id}/messages', () => {
  it('lists each message of a room once, newest first, page by page', async () => {
    const first = await read(messageRoute, { to_user: roomId, limit: 3 })
    expect(contents(first)).toEqual(['群 5', '群 4', '群 3'])
    const second = await read(messageRoute, { to_user: roomId, limit: 3, cursor: first.next_cursor })
    expect(contents(second)).toEqual(['群 2', '群 1'])
    expect(second.next_cursor).toBeNull()
    expect((await read(messageRoute, { to_user: roomId, limit: 5 })).next_cursor).toBeNull()
  })

  it('finds a room by a previous WeChat id, also after the robot has left it', async () => {
    await database.db.update(rooms).set({ goneAt: new Date(), username: null }).where(eq(rooms.id, roomId))
    expect((await read(messageRoute, { to_user: '@@0' })).messages).toHaveLength(5)
  })

  it('lists the messages of a person, and all messages without to_user', async () => {
    const person = await read(messageRoute, { to_user: '@小林', limit: 2 })
    expect(person.messages).toMatchObject([
      { content: '人 5', to_user: '@小林' },
      { content: '人 4', to_user: '@小林' },
    ])
    expect((await read(messageRoute, {})).messages).toHaveLength(11)
    expect((await read(messageRoute, { to_user: '@nobody' })).status).toBe(404)
  })

  it('refuses a cursor that is not from a page', async () => {
    expect((await read(messageRoute, { cursor: 'x' })).status).toBe(400)
  })
})

describe('GET /v1/robots/{robot_id}/rooms/{room_id}/members', () => {
  it('lists the joined members of a merchant group page by page, with the number that WeChat shows', async () => {
    const { db } = database
    const qun = { robotId, groupCode: '0E7D6D8FB6C3|1', ownerName: '王姐', nameTemplate: '{number}' }
    const { id: qunId } = await db.transaction((tx) => createQun(tx, { ...qun, sealer: web.context.sealer }))
    await database.sql`update quns set room_id = ${roomId} where id = ${qunId}`
    await db.update(rooms).set({ memberCount: 7 }).where(eq(rooms.id, roomId))
    for (const [nickname, state] of [
      ['甲', 'joined'],
      ['乙', 'joined'],
      ['丙', 'left'],
    ] as const) {
      const contactId = newId('contact')
      await db.insert(contacts).values({ id: contactId, robotId, tag: contactId.slice(-6), nickname })
      await db.insert(memberships).values({ id: newId('membership'), qunId, contactId, state })
    }
    const first = await read(memberRoute, { limit: 1 })
    const second = await read(memberRoute, { limit: 1, cursor: first.next_cursor })
    expect(first).toMatchObject({ member_count: 7, members: [{ role: 'member', joined_at: null }] })
    const names = [first, second].flatMap((page) => (page as unknown as { members: { nickname: string }[] }).members)
    expect(names.map(({ nickname }) => nickname).sort()).toEqual(['乙', '甲'].sort())
    expect(second.next_cursor).toBeNull()
  })

  it('the list of members has no member of a room without a merchant group, and refuses a room of another robot', async () => {
    const plain = await givenRoom(database.db, { robotId, name: '普通', username: '@@3' })
    expect(await read(memberRoute, {}, plain)).toMatchObject({ status: 200, members: [] })
    const other = await givenRobot(database.db)
    const foreign = await givenRoom(database.db, { robotId: other, name: '别人的', username: '@@4' })
    expect((await read(memberRoute, {}, foreign)).status).toBe(404)
    for (const cursor of ['x', '\0']) expect((await read(memberRoute, { cursor })).status).toBe(400)
  })
})
