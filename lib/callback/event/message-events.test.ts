import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callbackEvents } from '@/lib/db/schema/callback'
import { messages } from '@/lib/db/schema/message'
import { bindings } from '@/lib/db/schema/room'
import { newId } from '@/lib/id'
import type { RobotConnection, RoomScope } from '@/lib/db/types'
import { givenApplication, givenRobot, givenRoom } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { eq } from 'drizzle-orm'
import { recordMessageReceived } from '@/lib/testing/receive-message'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

type Scenario = {
  application?: Parameters<typeof givenApplication>[1]
  agentId?: string
  connection?: RobotConnection
  /** The binding of the room and of another room of the robot, by source and direction: `rule+`, `operator-`, … */
  room?: string
  otherRoom?: string
  isPrivate?: boolean
  content?: string
}

async function receive(scenario: Scenario) {
  const { db } = database
  const applicationId = await givenApplication(db, { callbackUrl: 'http://dev.test/cb', ...scenario.application })
  const robotId = await givenRobot(db, {
    applicationId,
    agentId: scenario.agentId ?? null,
    connection: scenario.connection,
  })
  const roomId = await givenRoom(db, { robotId, name: '一号群', username: '@@1' })
  const otherRoomId = await givenRoom(db, { robotId, name: '二号群', username: '@@2' })
  const decide = async (id: string, binding = '') => {
    const source = binding.startsWith('rule') ? 'rule' : 'operator'
    if (binding) await db.insert(bindings).values({ roomId: id, isBound: binding.endsWith('+'), source })
  }
  await decide(roomId, scenario.room)
  await decide(otherRoomId, scenario.otherRoom)
  const messageId = newId('message')
  const message = {
    content: scenario.content ?? '你好',
    senderName: '小明',
    direction: 'in',
    state: 'received',
  } as const
  await db.insert(messages).values({ id: messageId, robotId, type: 'text', ...message })
  const wokenLanes: string[] = []
  database.onCommit(({ lanes }) => wokenLanes.push(...lanes))
  await db.transaction((tx) =>
    recordMessageReceived(tx, {
      robotId,
      roomId: scenario.isPrivate ? null : roomId,
      messageId,
      content: message.content,
      nickname: message.senderName,
    }),
  )
  const events = await db.select().from(callbackEvents).where(eq(callbackEvents.applicationId, applicationId))
  expect(events.map((event) => event.lane)).toEqual(wokenLanes)
  return { robotId, roomId, messageId, event: events[0] }
}

const scope = (roomScope: RoomScope) => ({ application: { roomScope } })

describe('a received message', () => {
  it.each<[string, Scenario]>([
    ['in any room of a robot without bindings', {}],
    ['in a room that the agent_id binds', { agentId: '123456', room: 'rule+' }],
    ['in a room bound by hand', { room: 'operator+' }],
    ['in a room bound by hand against the rule', { agentId: '123456', room: 'operator+' }],
    ['in an unbound room, scope all', { ...scope('all'), agentId: '123456', room: 'rule-' }],
    ['in private, scope all+private', { ...scope('all+private'), isPrivate: true }],
    ['in private to an iLink robot, whatever the scope', { connection: 'ilink', isPrivate: true }],
    ['in another room than the one unbound by hand', { otherRoom: 'operator-' }],
  ])('a received message is recorded %s', async (_where, scenario) =>
    expect((await receive(scenario)).event).toBeDefined(),
  )

  it.each<[string, Scenario]>([
    ['in a room that the agent_id does not bind', { agentId: '123456', room: 'rule-' }],
    ['in a room without a binding, with an agent_id', { agentId: '123456' }],
    ['where another room is bound by hand', { otherRoom: 'operator+' }],
    ['in a room unbound by hand', { room: 'operator-' }],
    ['in private, scope bound', { isPrivate: true }],
    ['in private, scope all', { ...scope('all'), isPrivate: true }],
    ['of an application without a callback URL', { application: { callbackUrl: null } }],
    ['of a disabled application', { application: { disabledAt: new Date() } }],
    ['of an application that subscribes to other events only', { application: { eventTypes: ['robot_status'] } }],
  ])('a received message is not recorded %s', async (_where, scenario) =>
    expect((await receive(scenario)).event).toBeUndefined(),
  )

  it('a received message is recorded with the documented data and no token, whatever its text', async () => {
    const { event, robotId, roomId, messageId } = await receive({ content: '{"a":1}\ud800 "👍" <br/>' })
    expect(event).toMatchObject({ type: 'send_message', robotId, roomId, messageId, state: 'pending', attemptCount: 0 })
    expect(event?.data).toEqual({
      content: '{"a":1}\ufffd "👍" <br/>',
      robot_id: robotId,
      room_id: roomId,
      nickname: '小明',
    })
  })
})
