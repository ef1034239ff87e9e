import { and, desc, eq } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { callbackEvents } from '../db/schema/callback'
import { rooms } from '../db/schema/room'
import { sessions } from '../db/schema/session'
import { newId } from '../id'
import { type Change, compareSituations, type RobotStatus, type Situation } from './compare-situations'
import { findListener, type Listener } from './find-listener'
import { applicationLane } from './lane'
import { storableText } from './storable-text'

const types = ['robot_status', 'room_joined', 'room_left', 'room_renamed'] as const

/** An attempt that has shown no code yet is as good as none. */
const statusOf = {
  starting: 'offline',
  waiting_scan: 'waiting_scan',
  waiting_confirm: 'waiting_confirm',
  online: 'online',
  reconnecting: 'reconnecting',
  ended: 'offline',
} as const satisfies Record<string, RobotStatus>

/**
 * Runs `act`, which may change a robot's session or rooms, and writes a callback for each change that its application chose
 * to hear of. After the commit wake the lane; null = nobody is told. Spec: decisions A13.
 */
export async function tellingOfChanges<Result>(
  tx: Tx,
  { robotId }: { robotId: string },
  act: () => Promise<Result>,
): Promise<{ result: Result; lane: string | null }> {
  const listener = await findListener(tx, { robotId, types })
  if (!listener) return { result: await act(), lane: null }
  const before = await readSituation(tx, robotId)
  const result = await act()
  const changes = compareSituations(before, await readSituation(tx, robotId))
  const events = changes.filter(({ type }) => listener.eventTypes.includes(type)).map(eventOf(listener))
  if (events.length > 0) await tx.insert(callbackEvents).values(events)
  return { result, lane: events[0]?.lane ?? null }
}

const eventOf =
  ({ applicationId, robot }: Listener) =>
  (change: Change): typeof callbackEvents.$inferInsert => ({
    id: newId('callbackEvent'),
    applicationId,
    lane: applicationLane(applicationId),
    type: change.type,
    robotId: robot.id,
    roomId: 'room' in change ? change.room.id : null,
    data: { robot_id: robot.id, ...dataOf(change, robot) },
  })

function dataOf(change: Change, { username, nickname }: Listener['robot']): Record<string, string> {
  switch (change.type) {
    case 'robot_status':
      return { username, nickname, status: change.status, reason: change.reason }
    case 'room_renamed':
      return { ...roomData(change.room), previous_nickname: storableText(change.previousName) }
    case 'room_joined':
    case 'room_left':
      return roomData(change.room)
  }
}

function roomData({ id, name }: { id: string; name: string }) {
  return { room_id: id, nickname: storableText(name) }
}

/** Rooms that are held as doubtful are no news before it is known which they are. */
async function readSituation(tx: Tx, robotId: string): Promise<Situation> {
  const [session] = await tx
    .select({ state: sessions.state, endReason: sessions.endReason })
    .from(sessions)
    .where(eq(sessions.robotId, robotId))
    .orderBy(desc(sessions.createdAt))
    .limit(1)
  const known = await tx
    .select({ id: rooms.id, name: rooms.name, goneAt: rooms.goneAt })
    .from(rooms)
    .where(and(eq(rooms.robotId, robotId), eq(rooms.isDoubtful, false)))
  return {
    status: statusOf[session?.state ?? 'ended'],
    reason: session?.state === 'ended' ? (session.endReason ?? '') : '',
    rooms: known.map(({ id, name, goneAt }) => ({ id, name, isGone: goneAt !== null })),
  }
}
