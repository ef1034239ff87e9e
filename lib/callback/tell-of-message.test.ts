import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callbackEvents } from '../db/schema/callback'
import { messages } from '../db/schema/message'
import { bindings } from '../db/schema/room'
import { newId } from '../id'
import type { RoomScope } from '../db/types'
import { givenApplication, givenRobot, givenRoom } from '../testing/factories'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { eq } from 'drizzle-orm'
import { tellOfMessage } from './tell-of-message'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

type World = {
  application?: Parameters<typeof givenApplication>[1]
  agentId?: string
  /** What decided over the room and over another room of the robot: `rule+`, `operator-`, … */
  room?: string
  otherRoom?: string
  isPrivate?: boolean
  content?: string
}

async function tell(world: World) {
  const { db } = database
  const applicationId = await givenApplication(db, { callbackUrl: 'http://dev.test/cb', ...world.application })
  const robotId = await givenRobot(db, { applicationId, agentId: world.agentId ?? null })
  const roomId = await givenRoom(db, { robotId, name: '一号群', username: '@@1' })
  const otherRoomId = await givenRoom(db, { robotId, name: '二号群', username: '@@2' })
  const decide = async (id: string, binding = '') => {
    const source = binding.startsWith('rule') ? 'rule' : 'operator'
    if (binding) await db.insert(bindings).values({ roomId: id, isBound: binding.endsWith('+'), source })
  }
  await decide(roomId, world.room)
  await decide(otherRoomId, world.otherRoom)
  const messageId = newId('message')
  const message = { content: world.content ?? '你好', senderName: '小明', direction: 'in', state: 'received' } as const
  await db.insert(messages).values({ id: messageId, robotId, type: 'text', ...message })
  const lane = await db.transaction((tx) =>
    tellOfMessage(tx, {
      robotId,
      roomId: world.isPrivate ? null : roomId,
      messageId,
      content: message.content,
      nickname: message.senderName,
    }),
  )
  const events = await db.select().from(callbackEvents).where(eq(callbackEvents.applicationId, applicationId))
  expect(events.map((event) => event.lane)).toEqual(lane ? [lane] : [])
  return { robotId, roomId, messageId, event: events[0] }
}

const scope = (roomScope: RoomScope) => ({ application: { roomScope } })

describe('a message is told of', () => {
  it.each<[string, World]>([
    ['in any room of a robot that binds nothing', {}],
    ['in a room that the agent_id binds', { agentId: '123456', room: 'rule+' }],
    ['in a room bound by hand', { room: 'operator+' }],
    ['in a room bound by hand against the rule', { agentId: '123456', room: 'operator+' }],
    ['in an unbound room, scope all', { ...scope('all'), agentId: '123456', room: 'rule-' }],
    ['in private, scope all+private', { ...scope('all+private'), isPrivate: true }],
    ['in another room than the one unbound by hand', { otherRoom: 'operator-' }],
  ])('%s', async (_where, world) => expect((await tell(world)).event).toBeDefined())

  it.each<[string, World]>([
    ['in a room that the agent_id does not bind', { agentId: '123456', room: 'rule-' }],
    ['in a room nobody decided over, with an agent_id', { agentId: '123456' }],
    ['where another room is bound by hand', { otherRoom: 'operator+' }],
    ['in a room unbound by hand', { room: 'operator-' }],
    ['in private, scope bound', { isPrivate: true }],
    ['in private, scope all', { ...scope('all'), isPrivate: true }],
    ['of an application without a callback address', { application: { callbackUrl: null } }],
    ['of a disabled application', { application: { disabledAt: new Date() } }],
    ['of an application that wants other events', { application: { eventTypes: ['robot_status'] } }],
  ])('but not %s', async (_where, world) => expect((await tell(world)).event).toBeUndefined())

  it('as documented, without the token, whatever a stranger wrote', async () => {
    const { event, robotId, roomId, messageId } = await tell({ content: '{"a":1}\ud800 "👍" <br/>' })
    expect(event).toMatchObject({ type: 'send_message', robotId, roomId, messageId, state: 'pending', attemptCount: 0 })
    expect(event?.data).toEqual({
      content: '{"a":1}\ufffd "👍" <br/>',
      robot_id: robotId,
      room_id: roomId,
      nickname: '小明',
    })
  })
})
