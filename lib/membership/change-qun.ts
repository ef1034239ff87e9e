import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { memberships } from '../db/schema/membership'
import { quns } from '../db/schema/qun'
import { rooms } from '../db/schema/room'
import { AppError } from '../errors'
import { getQunOrThrow } from '../qun/get-qun'

const now = sql`clock_timestamp()`

/** Closes a qun, and refuses whoever still waits to come in; or opens it again as it was. The room at WeChat stays. */
export async function setQunClosed(tx: Tx, { qunId, isClosed }: { qunId: string; isClosed: boolean }): Promise<void> {
  const qun = await getQunOrThrow(tx, { qunId })
  const state = isClosed ? 'closed' : qun.roomId ? 'open' : 'pending'
  await tx
    .update(quns)
    .set({ state, closedAt: isClosed ? sql`coalesce(${quns.closedAt}, ${now})` : null })
    .where(eq(quns.id, qunId))
  if (!isClosed) return
  await tx
    .update(memberships)
    .set({ state: 'refused', failure: '群已关闭', friendTicket: null, changedAt: now })
    .where(and(eq(memberships.qunId, qunId), inArray(memberships.state, ['asked', 'known'])))
}

/** Lets nobody in for a while, or lets them in again: who asked meanwhile comes in then. */
export async function setQunPaused(tx: Tx, { qunId, isPaused }: { qunId: string; isPaused: boolean }): Promise<void> {
  await getQunOrThrow(tx, { qunId })
  await tx
    .update(quns)
    .set({ pausedAt: isPaused ? sql`coalesce(${quns.pausedAt}, ${now})` : null })
    .where(eq(quns.id, qunId))
}

/**
 * Ties a qun to a room that is there already, in place of making one. Spec: B4.
 * @throws NOT_FOUND for a room the assistant does not have, ILLEGAL_ACTION for a qun that has its room or is closed.
 */
export async function tieQun(tx: Tx, { qunId, roomId }: { qunId: string; roomId: string }): Promise<void> {
  const qun = await getQunOrThrow(tx, { qunId })
  if (qun.state !== 'pending') throw new AppError('ILLEGAL_ACTION', '这个群已经建好或已关闭')
  const isRoom = and(eq(rooms.id, roomId), eq(rooms.robotId, qun.robotId), isNull(rooms.goneAt))
  const [room] = await tx.select({ id: rooms.id }).from(rooms).where(isRoom)
  if (!room) throw new AppError('NOT_FOUND', '助手没有这个微信群')
  const opened = { state: 'open', roomId, openedAt: now, makingSince: null, failure: '', isRecountDue: true } as const
  await tx.update(quns).set(opened).where(eq(quns.id, qunId))
}
