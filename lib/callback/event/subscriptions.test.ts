import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applicationLane } from '@/lib/callback/delivery/lane'
import { recordMessageReceived } from '@/lib/testing/receive-message'
import { recordEvent } from '@/lib/callback/event/record-event'
import { callbackEvents } from '@/lib/db/schema/callback'
import type { applicationEndpoints } from '@/lib/db/schema/endpoint'
import { messages } from '@/lib/db/schema/message'
import { newId } from '@/lib/id'
import { givenApplication, givenEndpoint, givenRobot, givenRoom } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

async function givenTenant(columns: Parameters<typeof givenApplication>[1] = {}) {
  const { db } = database
  const callbackUrl = 'http://dev.test/cb'
  const applicationId = await givenApplication(db, { callbackUrl, roomScope: 'all', ...columns })
  const robotId = await givenRobot(db, { applicationId })
  const [roomId, otherRoomId] = [
    await givenRoom(db, { robotId, name: '一号群', username: '@@1' }),
    await givenRoom(db, { robotId, name: '二号群', username: '@@2' }),
  ]
  const receive = async (from: string | null) => {
    const messageId = newId('message')
    const message = { content: '你好', senderName: '小明', direction: 'in', state: 'received' } as const
    await db.insert(messages).values({ id: messageId, robotId, type: 'text', ...message })
    const received = { robotId, roomId: from, messageId, content: '你好', nickname: '小明' }
    return db.transaction((tx) => recordMessageReceived(tx, received))
  }
  const given = (fields: Partial<typeof applicationEndpoints.$inferInsert> = {}) =>
    givenEndpoint(db, { applicationId, ...fields })
  /** The endpoint and room of each recorded event, in order. */
  const recorded = async () => {
    const { endpointId, roomId: ofRoom, type, lane } = callbackEvents
    const isOwn = eq(callbackEvents.applicationId, applicationId)
    const rows = await db
      .select({ endpointId, roomId: ofRoom, type, lane })
      .from(callbackEvents)
      .where(isOwn)
      .orderBy(asc(callbackEvents.sequence))
    return rows.map((row) => [row.endpointId, row.type, row.roomId, row.lane])
  }
  return { applicationId, robotId, roomId, otherRoomId, receive, given, recorded }
}

describe('an event of an application with several endpoints', () => {
  it('an event of an application with several endpoints is recorded once for each endpoint that subscribes to its type, each in a lane of its own', async () => {
    const { applicationId, robotId, roomId, receive, given, recorded } = await givenTenant()
    const both = await given({ eventTypes: ['send_message', 'friend_request'] })
    const friends = await given({ eventTypes: ['friend_request'] })
    const wokenLanes: string[] = []
    database.onCommit(({ lanes }) => wokenLanes.push(...lanes))
    await receive(roomId)
    const data = { nickname: '小林', content: '我是小林' }
    await database.db.transaction((tx) => recordEvent(tx, { type: 'friend_request', robotId, data }))
    const lanes = [applicationLane(applicationId), `endpoint:${both}`, `endpoint:${both}`, `endpoint:${friends}`]
    expect(await recorded()).toEqual([
      [null, 'send_message', roomId, lanes[0]],
      [both, 'send_message', roomId, lanes[1]],
      [both, 'friend_request', null, lanes[2]],
      [friends, 'friend_request', null, lanes[3]],
    ])
    expect(wokenLanes).toEqual(lanes)
  })

  it('goes only to endpoints that have its robot, and only to those that have its room', async () => {
    const { robotId, roomId, otherRoomId, receive, given, recorded } = await givenTenant({ callbackUrl: null })
    await given({ robotIds: ['rbt_other'] })
    const ofRobot = await given({ robotIds: [robotId] })
    const ofRoom = await given({
      roomIds: [roomId],
      roomScope: 'all+private',
      eventTypes: ['send_message', 'robot_status'],
    })
    await receive(roomId)
    await receive(otherRoomId)
    await receive(null)
    const data = { status: 'offline', username: 'w', nickname: '', reason: '' } as const
    await database.db.transaction((tx) => recordEvent(tx, { type: 'robot_status', robotId, data }))
    expect(await recorded()).toEqual([
      [ofRobot, 'send_message', roomId, `endpoint:${ofRobot}`],
      [ofRoom, 'send_message', roomId, `endpoint:${ofRoom}`],
      [ofRobot, 'send_message', otherRoomId, `endpoint:${ofRobot}`],
    ])
  })

  it('an event of an application with several endpoints has a scope of rooms per endpoint', async () => {
    const { roomId, receive, given, recorded } = await givenTenant({ roomScope: 'bound', callbackUrl: null })
    const everything = await given({ roomScope: 'all+private' })
    const rooms = await given({ roomScope: 'all' })
    await receive(null)
    await receive(roomId)
    expect((await recorded()).map(([endpointId, , from]) => [endpointId, from])).toEqual([
      [everything, null],
      [everything, roomId],
      [rooms, roomId],
    ])
  })

  it('lets only the default endpoint reply: its event is the one that is returned', async () => {
    const { applicationId, roomId, receive, given } = await givenTenant()
    const endpointId = await given()
    const returned = await receive(roomId)
    const [event] = await database.db
      .select()
      .from(callbackEvents)
      .where(eq(callbackEvents.id, returned ?? ''))
    expect(event).toMatchObject({ applicationId, endpointId: null })
    const silent = await givenTenant({ callbackUrl: null })
    await silent.given()
    expect(await silent.receive(silent.roomId)).toBeNull()
    expect(endpointId).toMatch(/^ept_/)
  })

  it('an event of an application with several endpoints is not recorded for the endpoint of another application', async () => {
    const other = await givenTenant()
    await other.given()
    const { roomId, receive, recorded } = await givenTenant({ callbackUrl: null })
    await receive(roomId)
    expect(await recorded()).toEqual([])
    expect(await other.recorded()).toEqual([])
  })

  it('an event of a disabled application is recorded for none of its endpoints', async () => {
    const { roomId, receive, given, recorded } = await givenTenant({ disabledAt: new Date() })
    await given()
    await receive(roomId)
    expect(await recorded()).toEqual([])
  })
})
