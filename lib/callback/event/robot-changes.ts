import { and, desc, eq } from 'drizzle-orm'
import { beforeCommit, hasBeforeCommit } from '@/lib/db/before-commit'
import type { Tx } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import { rooms } from '@/lib/db/schema/room'
import { sessions } from '@/lib/db/schema/session'
import type { EventData } from '@/lib/callback/event/catalog'
import {
  findSubscriber,
  recordSubscribedEvent,
  type RobotEvent,
  type Subscriber,
} from '@/lib/callback/event/record-event'

export type RobotStatus = EventData<'robot_status'>['status']
export type KnownRoom = { id: string; name: string; isGone: boolean }

/** What an application can see of a robot, at one point in time. */
export type RobotSnapshot = {
  status: RobotStatus
  /** Why the robot went offline; "" for any other status. */
  reason: string
  rooms: readonly KnownRoom[]
}

type ChangeType = 'robot_status' | 'room_joined' | 'room_left' | 'room_renamed'

export type Change =
  | { type: 'robot_status'; status: RobotStatus; reason: string }
  | { type: 'room_joined' | 'room_left'; room: KnownRoom }
  | { type: 'room_renamed'; room: KnownRoom; previousName: string }

const changeTypes: readonly ChangeType[] = ['robot_status', 'room_joined', 'room_left', 'room_renamed']

/** A login that shows no QR code yet counts as offline. */
const statusOf = {
  starting: 'offline',
  waiting_scan: 'waiting_scan',
  waiting_code: 'waiting_code',
  waiting_confirm: 'waiting_confirm',
  online: 'online',
  reconnecting: 'reconnecting',
  ended: 'offline',
} as const satisfies Record<string, RobotStatus>

/**
 * Records what this transaction changes of a robot's status and rooms, as events its application subscribes to: the state
 * before the commit is compared with the current one. Every verb that writes sessions or rooms calls it before its first
 * write; repeats in one transaction count once. Locks the robot against concurrent changes. Spec: A13 (events).
 */
export async function recordRobotChanges(tx: Tx, { robotId }: { robotId: string }): Promise<void> {
  const key = `robot-changes:${robotId}`
  if (hasBeforeCommit(tx, key)) return
  const subscriber = await findSubscriber(tx, { robotId, types: changeTypes })
  if (!subscriber) return beforeCommit(tx, key, async () => {})
  // Otherwise two transactions could compare with the same state, and record one change twice.
  await tx.select({ id: robots.id }).from(robots).where(eq(robots.id, robotId)).for('no key update')
  const before = await readSnapshot(tx, robotId)
  beforeCommit(tx, key, async (last) => {
    for (const change of diffRobot(before, await readSnapshot(last, robotId)))
      await recordSubscribedEvent(last, subscriber, toEvent(change, subscriber))
  })
}

/** Lists what changed between two snapshots. The first rooms of a robot without rooms do not count as a change. */
export function diffRobot(before: RobotSnapshot, now: RobotSnapshot): Change[] {
  const { status, reason } = now
  const changes: Change[] = status === before.status ? [] : [{ type: 'robot_status', status, reason }]
  if (before.rooms.length === 0) return changes
  const known = new Map(before.rooms.map((room) => [room.id, room]))
  for (const room of now.rooms) {
    const previous = known.get(room.id)
    if (!previous || previous.isGone) {
      if (!room.isGone) changes.push({ type: 'room_joined', room })
    } else if (room.isGone) changes.push({ type: 'room_left', room })
    else if (previous.name !== room.name) changes.push({ type: 'room_renamed', room, previousName: previous.name })
  }
  return changes
}

function toEvent(change: Change, { robot: { id: robotId, username, nickname } }: Subscriber): RobotEvent<ChangeType> {
  if (change.type === 'robot_status') {
    const { type, status, reason } = change
    return { type, robotId, data: { username, nickname, status, reason } }
  }
  const { type, room } = change
  const data = { room_id: room.id, nickname: room.name }
  return type === 'room_renamed'
    ? { type, robotId, roomId: room.id, data: { ...data, previous_nickname: change.previousName } }
    : { type, robotId, roomId: room.id, data }
}

/** Leaves out ambiguous rooms: they count as a change only once they are resolved. */
async function readSnapshot(tx: Tx, robotId: string): Promise<RobotSnapshot> {
  const [session] = await tx
    .select({ state: sessions.state, endReason: sessions.endReason })
    .from(sessions)
    .where(eq(sessions.robotId, robotId))
    .orderBy(desc(sessions.createdAt))
    .limit(1)
  const known = await tx
    .select({ id: rooms.id, name: rooms.name, goneAt: rooms.goneAt })
    .from(rooms)
    .where(and(eq(rooms.robotId, robotId), eq(rooms.isAmbiguous, false)))
  return {
    status: statusOf[session?.state ?? 'ended'],
    reason: session?.state === 'ended' ? (session.endReason ?? '') : '',
    rooms: known.map(({ id, name, goneAt }) => ({ id, name, isGone: goneAt !== null })),
  }
}
