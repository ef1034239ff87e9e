import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callbackEvents } from '@/lib/db/schema/callback'
import { messages } from '@/lib/db/schema/message'
import type { Tx } from '@/lib/db/client'
import { rooms } from '@/lib/db/schema/room'
import { sessions } from '@/lib/db/schema/session'
import type { CallbackEventType } from '@/lib/db/types'
import { newId } from '@/lib/id'
import { markRoomsGone } from '@/lib/room/mark-room-gone'
import { resolveAmbiguity } from '@/lib/room/resolve-ambiguity'
import { storeRooms } from '@/lib/room/store-rooms'
import { recordEnd } from '@/lib/session/record-session-state'
import { requestLogin } from '@/lib/session/request-login'
import { givenApplication, givenRobot, givenRoom, givenSession } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { diffRobot, type KnownRoom, recordRobotChanges, type RobotSnapshot } from '@/lib/callback/event/robot-changes'
import { recordMessageSent } from '@/lib/callback/event/message-events'

let database: TestDatabase
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())

describe('the difference of two snapshots', () => {
  const room = (id: string, name = id, isGone = false): KnownRoom => ({ id, name, isGone })
  const snapshot = (known: KnownRoom[], status: RobotSnapshot['status'] = 'online'): RobotSnapshot => ({
    status,
    reason: '',
    rooms: known,
  })
  it.each([
    ['none for equal rooms', [room('a')], [room('a')], []],
    ['none for the first list of rooms', [], [room('a')], []],
    ['a new room', [room('a')], [room('a'), room('b')], ['room_joined b']],
    ['a room that is gone when it is first seen', [room('a')], [room('a'), room('b', 'b', true)], []],
    ['a room that is back', [room('a', 'a', true)], [room('a')], ['room_joined a']],
    ['a room that is gone', [room('a')], [room('a', 'a', true)], ['room_left a']],
    ['a new name', [room('a')], [room('a', 'A')], ['room_renamed a']],
    ['a room that proved to be another', [room('a'), room('b')], [room('a')], []],
  ])('the difference of two room snapshots: %s', (_name, before, now, expected) => {
    const changes = diffRobot(snapshot(before), snapshot(now))
    expect(changes.map((change) => ('room' in change ? `${change.type} ${change.room.id}` : change.type))).toEqual(
      expected,
    )
  })

  it('contains a status that changed', () => {
    expect(diffRobot(snapshot([]), snapshot([], 'offline'))).toEqual([
      { type: 'robot_status', status: 'offline', reason: '' },
    ])
    expect(diffRobot(snapshot([]), snapshot([]))).toEqual([])
  })
})

async function givenSubscriber(eventTypes: CallbackEventType[], columns: object = {}) {
  const { db } = database
  const applicationId = await givenApplication(db, { callbackUrl: 'http://dev.test/cb', eventTypes, ...columns })
  const robotId = await givenRobot(db, { applicationId, nickname: '微米' })
  const wokenLanes: string[] = []
  database.onCommit(({ lanes }) => wokenLanes.push(...lanes))
  const recorded = () =>
    db
      .select()
      .from(callbackEvents)
      .where(eq(callbackEvents.applicationId, applicationId))
      .orderBy(callbackEvents.sequence)
  /** Writes as verbs do: announces the change, then makes it. */
  const change = (act: (tx: Tx) => Promise<unknown>) =>
    db.transaction(async (tx) => {
      await recordRobotChanges(tx, { robotId })
      await act(tx)
    })
  const rename = (roomId: string, name: string) => (tx: Tx) =>
    tx.update(rooms).set({ name }).where(eq(rooms.id, roomId))
  return { db, robotId, wokenLanes, recorded, change, rename }
}

it('a room that is renamed is recorded with its previous name', async () => {
  const { db, robotId, wokenLanes, recorded, change, rename } = await givenSubscriber(['room_renamed'])
  const roomId = await givenRoom(db, { robotId, name: '一店', username: '@@1' })
  await change(rename(roomId, '二店'))
  const data = { robot_id: robotId, room_id: roomId, nickname: '二店', previous_nickname: '一店' }
  expect(await recorded()).toMatchObject([{ type: 'room_renamed', roomId, lane: wokenLanes[0], data }])
  expect(wokenLanes).toHaveLength(1)
})

it('several changes in one transaction are recorded as one, from the first state to the last', async () => {
  const { db, robotId, recorded, change, rename } = await givenSubscriber(['room_renamed'])
  const roomId = await givenRoom(db, { robotId, name: '一店', username: '@@1' })
  await change(async (tx) => {
    await rename(roomId, '二店')(tx)
    await recordRobotChanges(tx, { robotId })
    await rename(roomId, '三店')(tx)
  })
  expect((await recorded()).map(({ data }) => data)).toMatchObject([{ nickname: '三店', previous_nickname: '一店' }])
})

it('a transaction that rolls back records nothing and wakes no lane', async () => {
  const { db, robotId, wokenLanes, recorded, change, rename } = await givenSubscriber(['room_renamed'])
  const roomId = await givenRoom(db, { robotId, name: '一店', username: '@@1' })
  const failed = change(async (tx) => {
    await rename(roomId, '二店')(tx)
    throw new Error('rolled back')
  })
  await expect(failed).rejects.toThrow('rolled back')
  expect([await recorded(), wokenLanes]).toEqual([[], []])
})

it('two concurrent transactions record one change once', async () => {
  const { db, robotId, recorded, change, rename } = await givenSubscriber(['room_renamed'])
  const roomId = await givenRoom(db, { robotId, name: '一店', username: '@@1' })
  await Promise.all(Array.from({ length: 4 }, () => change(rename(roomId, '二店'))))
  expect(await recorded()).toHaveLength(1)
})

it('a robot that goes offline is recorded with the reason', async () => {
  const { db, robotId, recorded, change } = await givenSubscriber(['send_message', 'robot_status'])
  const sessionId = await givenSession(db, { robotId })
  await change((tx) =>
    tx.update(sessions).set({ state: 'ended', endReason: 'logged_out_on_phone' }).where(eq(sessions.id, sessionId)),
  )
  expect((await recorded()).map(({ data }) => data)).toMatchObject([
    { robot_id: robotId, nickname: '微米', status: 'offline', reason: 'logged_out_on_phone' },
  ])
})

it('a message that WeChat accepted is recorded', async () => {
  const { db, robotId, recorded } = await givenSubscriber(['message_sent'])
  const messageId = newId('message')
  const sent = { direction: 'out', type: 'text', state: 'sent', content: '你好', peerUsername: 'filehelper' } as const
  await db.insert(messages).values({ id: messageId, robotId, ...sent })
  await db.transaction((tx) => recordMessageSent(tx, { robotId, messageId }))
  expect((await recorded()).map(({ data }) => data)).toEqual([
    { content: '你好', robot_id: robotId, room_id: '', to_user: 'filehelper', message_id: messageId, msg_type: 'text' },
  ])
})

it.each([
  ['did not subscribe', ['send_message'], {}],
  ['is disabled', ['room_renamed'], { disabledAt: sql`now()` }],
  ['has no callback URL', ['room_renamed'], { callbackUrl: null }],
] as const)('a change is not recorded if the application %s', async (_why, eventTypes, columns) => {
  const { db, robotId, wokenLanes, recorded, change, rename } = await givenSubscriber([...eventTypes], columns)
  const roomId = await givenRoom(db, { robotId, name: '一店', username: '@@1' })
  await change(rename(roomId, '二店'))
  expect([await recorded(), wokenLanes]).toEqual([[], []])
})

describe('the verbs that write sessions and rooms record the change themselves', () => {
  const evidence = { wechatId: null, headSeq: null, memberCount: 0, members: null, isOwn: null }
  const all: CallbackEventType[] = ['robot_status', 'room_joined', 'room_left', 'room_renamed']
  const typesOf = async (recorded: () => Promise<{ type: string }[]>) => (await recorded()).map(({ type }) => type)

  it('a room listed for a group step is recorded when its name changed', async () => {
    const { db, robotId, recorded } = await givenSubscriber(all)
    await givenRoom(db, { robotId, name: '一店', username: '@@1' })
    await db.transaction((tx) =>
      storeRooms(tx, { robotId, seen: [{ username: '@@1', name: '二店', ...evidence }], isComplete: false }),
    )
    expect(await typesOf(recorded)).toEqual(['room_renamed'])
  })

  it('an ambiguous room that an operator declares new is recorded as joined', async () => {
    const { db, robotId, recorded } = await givenSubscriber(all)
    await givenRoom(db, { robotId, name: '一店', username: '@@1' })
    const roomId = await givenRoom(db, { robotId, name: '二店', username: '@@2' })
    await db.update(rooms).set({ isAmbiguous: true }).where(eq(rooms.id, roomId))
    await db.transaction((tx) => resolveAmbiguity(tx, { robotId, roomId, knownRoomId: null }))
    expect(await recorded()).toMatchObject([{ type: 'room_joined', roomId }])
  })

  it('a robot that is released for another account has left its rooms', async () => {
    const { db, robotId, recorded } = await givenSubscriber(all)
    await givenRoom(db, { robotId, name: '一店', username: '@@1' })
    await db.transaction((tx) => markRoomsGone(tx, { robotId }))
    expect(await typesOf(recorded)).toEqual(['room_left'])
  })

  it('a login that expires unscanned is recorded as offline, and its lane is woken', async () => {
    const { db, robotId, recorded, wokenLanes } = await givenSubscriber(all)
    const sessionId = await givenSession(db, { robotId, state: 'waiting_scan' })
    await db.transaction((tx) => recordEnd(tx, { sessionId, reason: 'not_scanned' }))
    expect(await recorded()).toMatchObject([{ type: 'robot_status', lane: wokenLanes[0] }])
    expect(wokenLanes).toHaveLength(1)
  })

  it('a login that replaces an expired one is recorded as offline', async () => {
    const { db, robotId, recorded } = await givenSubscriber(all)
    await givenSession(db, { robotId, state: 'waiting_scan', attemptExpiresAt: new Date(0) })
    await db.transaction((tx) => requestLogin(tx, { robotId, callbackUrl: null, agentId: null }))
    expect(await recorded()).toMatchObject([{ type: 'robot_status', data: { status: 'offline' } }])
  })
})
