import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callbackEvents } from '../db/schema/callback'
import { messages } from '../db/schema/message'
import { rooms } from '../db/schema/room'
import { sessions } from '../db/schema/session'
import type { CallbackEventType } from '../db/types'
import { newId } from '../id'
import { givenApplication, givenRobot, givenRoom, givenSession } from '../testing/factories'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { compareSituations, type KnownRoom, type Situation } from './compare-situations'
import { tellingOfChanges } from './tell-of-changes'
import { tellOfSent } from './tell-of-sent'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

describe('what changed', () => {
  const room = (id: string, name = id, isGone = false): KnownRoom => ({ id, name, isGone })
  const situation = (known: KnownRoom[], status: Situation['status'] = 'online'): Situation => ({
    status,
    reason: '',
    rooms: known,
  })
  it.each([
    ['nothing', [room('a')], [room('a')], []],
    ['the first list of all', [], [room('a')], []],
    ['a new room', [room('a')], [room('a'), room('b')], ['room_joined b']],
    ['a room that is gone when it is first seen', [room('a')], [room('a'), room('b', 'b', true)], []],
    ['a room that is back', [room('a', 'a', true)], [room('a')], ['room_joined a']],
    ['a room that is gone', [room('a')], [room('a', 'a', true)], ['room_left a']],
    ['a new name', [room('a')], [room('a', 'A')], ['room_renamed a']],
    ['a room that proved to be another', [room('a'), room('b')], [room('a')], []],
  ])('%s', (_name, before, now, expected) => {
    const changes = compareSituations(situation(before), situation(now))
    expect(changes.map((change) => ('room' in change ? `${change.type} ${change.room.id}` : change.type))).toEqual(
      expected,
    )
  })

  it('a status, once', () => {
    expect(compareSituations(situation([]), situation([], 'offline'))).toEqual([
      { type: 'robot_status', status: 'offline', reason: '' },
    ])
    expect(compareSituations(situation([]), situation([]))).toEqual([])
  })
})

async function given(eventTypes: CallbackEventType[], columns: object = {}) {
  const { db } = database
  const applicationId = await givenApplication(db, { callbackUrl: 'http://dev.test/cb', eventTypes, ...columns })
  const robotId = await givenRobot(db, { applicationId, nickname: '微米' })
  const told = () =>
    db
      .select()
      .from(callbackEvents)
      .where(eq(callbackEvents.applicationId, applicationId))
      .orderBy(callbackEvents.sequence)
  return { db, robotId, told }
}

it('a room’s new name is told with the old one', async () => {
  const { db, robotId, told } = await given(['room_renamed'])
  const roomId = await givenRoom(db, { robotId, name: '一店', username: '@@1' })
  const { lane } = await db.transaction((tx) =>
    tellingOfChanges(tx, { robotId }, () => tx.update(rooms).set({ name: '二店' }).where(eq(rooms.id, roomId))),
  )
  expect(lane).not.toBeNull()
  expect(await told()).toMatchObject([
    {
      type: 'room_renamed',
      roomId,
      lane,
      data: { robot_id: robotId, room_id: roomId, nickname: '二店', previous_nickname: '一店' },
    },
  ])
})

it('a robot that goes offline is told with why', async () => {
  const { db, robotId, told } = await given(['send_message', 'robot_status'])
  const sessionId = await givenSession(db, { robotId })
  await db.transaction((tx) =>
    tellingOfChanges(tx, { robotId }, () =>
      tx.update(sessions).set({ state: 'ended', endReason: 'logged_out_on_phone' }).where(eq(sessions.id, sessionId)),
    ),
  )
  expect((await told()).map(({ data }) => data)).toMatchObject([
    { robot_id: robotId, nickname: '微米', status: 'offline', reason: 'logged_out_on_phone' },
  ])
})

it('a message that WeChat took is told', async () => {
  const { db, robotId, told } = await given(['message_sent'])
  const messageId = newId('message')
  const sent = { direction: 'out', type: 'text', state: 'sent', content: '你好', peerUsername: 'filehelper' } as const
  await db.insert(messages).values({ id: messageId, robotId, ...sent })
  await db.transaction((tx) => tellOfSent(tx, { robotId, messageId }))
  expect((await told()).map(({ data }) => data)).toEqual([
    { content: '你好', robot_id: robotId, room_id: '', to_user: 'filehelper', message_id: messageId, msg_type: 'text' },
  ])
})

it.each([
  ['did not choose it', ['send_message'], {}],
  ['is disabled', ['room_renamed'], { disabledAt: sql`now()` }],
  ['has no address', ['room_renamed'], { callbackUrl: null }],
] as const)('nobody is told when the application %s', async (_why, eventTypes, columns) => {
  const { db, robotId, told } = await given([...eventTypes], columns)
  const roomId = await givenRoom(db, { robotId, name: '一店', username: '@@1' })
  const { lane } = await db.transaction((tx) =>
    tellingOfChanges(tx, { robotId }, () => tx.update(rooms).set({ name: '二店' }).where(eq(rooms.id, roomId))),
  )
  expect(lane).toBeNull()
  expect(await told()).toEqual([])
})
