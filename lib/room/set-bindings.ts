import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { bindings, rooms } from '../db/schema/room'
import { AppError } from '../errors'
import { lockRooms } from './lock-rooms'
import { refreshBindings } from './refresh-bindings'

/**
 * Binds or unbinds rooms of a robot by hand, which beats the agent_id rule; null gives them back to the rule (A8).
 * @throws AppError NOT_FOUND for a room the robot does not have; then none is changed.
 */
export async function setBindings(
  tx: Tx,
  { robotId, roomIds, isBound }: { robotId: string; roomIds: string[]; isBound: boolean | null },
): Promise<void> {
  // A list of WeChat's that comes in now must not write the rule over the hand.
  await lockRooms(tx, { robotId })
  const ids = [...new Set(roomIds)]
  const known = await tx
    .select({ id: rooms.id })
    .from(rooms)
    .where(and(inArray(rooms.id, ids), eq(rooms.robotId, robotId)))
  if (known.length < ids.length) throw new AppError('NOT_FOUND', '微信群不存在')
  if (ids.length === 0) return
  if (isBound === null) {
    await tx.delete(bindings).where(inArray(bindings.roomId, ids))
    await refreshBindings(tx, { robotId, roomIds: ids })
    return
  }
  const binding = { isBound, source: 'operator' as const, changedAt: sql`clock_timestamp()` }
  await tx
    .insert(bindings)
    .values(ids.map((roomId) => ({ roomId, ...binding })))
    .onConflictDoUpdate({ target: bindings.roomId, set: binding })
}
