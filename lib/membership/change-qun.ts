import { wakeRobotAfterCommit } from '@/lib/db/after-commit'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { capabilitiesOf } from '@/lib/connection/capabilities'
import { failureColumns, noFailure } from '@/lib/db/reason-columns'
import { sentenceOf } from '@/lib/sentence'
import type { Tx } from '@/lib/db/client'
import { memberships } from '@/lib/db/schema/membership'
import { quns } from '@/lib/db/schema/qun'
import { rooms } from '@/lib/db/schema/room'
import { AppError } from '@/lib/errors'
import { requireFreeName } from '@/lib/qun/create-qun'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import type { QunView } from '@/lib/qun/qun-view'

const now = sql`clock_timestamp()`

/**
 * Closes a qun and refuses its pending memberships, or reopens it in its previous state. The room at WeChat stays. The worker deletes the
 * official QR code of a customer group, and makes a new one when the qun is reopened. Spec: E7 (customer groups).
 */
export async function setQunClosed(tx: Tx, { qunId, isClosed }: { qunId: string; isClosed: boolean }): Promise<void> {
  const qun = await getQunOrThrow(tx, { qunId })
  wakeRobotAfterCommit(tx, qun.robotId)
  const state = isClosed ? 'closed' : qun.roomId ? 'open' : 'pending'
  await tx
    .update(quns)
    .set({
      ...settledBy(qun, !isClosed),
      state,
      retryAt: null,
      closedAt: isClosed ? sql`coalesce(${quns.closedAt}, ${now})` : null,
    })
    .where(eq(quns.id, qunId))
  if (!isClosed) return
  await tx
    .update(memberships)
    .set({ state: 'refused', ...failureColumns(sentenceOf('qun_closed')), friendTicket: null, changedAt: now })
    .where(and(eq(memberships.qunId, qunId), inArray(memberships.state, ['requested', 'known'])))
}

/** Pauses or resumes adding members, as a close does with official QR codes; requests made during a pause are processed on resume. */
export async function setQunPaused(tx: Tx, { qunId, isPaused }: { qunId: string; isPaused: boolean }): Promise<void> {
  const qun = await getQunOrThrow(tx, { qunId })
  wakeRobotAfterCommit(tx, qun.robotId)
  await tx
    .update(quns)
    .set({
      ...settledBy(qun, !isPaused),
      retryAt: null,
      pausedAt: isPaused ? sql`coalesce(${quns.pausedAt}, ${now})` : null,
    })
    .where(eq(quns.id, qunId))
}

/** A QR code that could not be deleted is valid again once the qun admits people. */
const settledBy = ({ failureReason }: QunView, isAdmitting: boolean) =>
  isAdmitting && failureReason === 'join_way_kept' ? { ...noFailure, failureCount: 0 } : {}

/**
 * Changes the name of a qun. The room gets it from WeChat later; a customer group is renamed only in WeCom, and our pages show the name.
 * @throws INVALID_PARAMETER if another group of the assistant has the name. Spec: B4 (POST /wxbot/qun).
 */
export async function renameQun(tx: Tx, { qunId, name }: { qunId: string; name: string }): Promise<void> {
  const { robotId, connection, roomId } = await getQunOrThrow(tx, { qunId })
  await requireFreeName(tx, { robotId, qunId, name })
  wakeRobotAfterCommit(tx, robotId)
  const isRenameDue = roomId !== null || capabilitiesOf[connection].qunRoom === 'take'
  await tx.update(quns).set({ name, isRenameDue, retryAt: null }).where(eq(quns.id, qunId))
}

/**
 * Links a qun to an existing room instead of creating one. Spec: B4 (POST /wxbot/qun).
 * @throws NOT_FOUND if the assistant has no such room, ILLEGAL_ACTION if the qun already has a room or is closed.
 */
export async function linkQun(tx: Tx, { qunId, roomId }: { qunId: string; roomId: string }): Promise<void> {
  const qun = await getQunOrThrow(tx, { qunId })
  if (qun.state !== 'pending') throw new AppError('ILLEGAL_ACTION', { reason: 'qun_made_or_closed' })
  const isRoom = and(eq(rooms.id, roomId), eq(rooms.robotId, qun.robotId), isNull(rooms.goneAt))
  const [room] = await tx.select({ id: rooms.id }).from(rooms).where(isRoom)
  if (!room) throw new AppError('NOT_FOUND', { reason: 'assistant_room_not_found' })
  wakeRobotAfterCommit(tx, qun.robotId)
  const settled = { roomRequestedAt: null, nonceName: null, ...noFailure, failureCount: 0, retryAt: null } as const
  const opened = { state: 'open', roomId, openedAt: now, ...settled } as const
  await tx
    .update(quns)
    .set({ ...opened, isRecountDue: true })
    .where(eq(quns.id, qunId))
}
