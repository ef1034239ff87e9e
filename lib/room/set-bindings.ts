import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { bindings, rooms } from '@/lib/db/schema/room'
import { AppError } from '@/lib/errors'
import { lockRooms } from '@/lib/room/lock-rooms'
import { refreshBindings } from '@/lib/room/refresh-bindings'

/**
 * Binds or unbinds rooms on an operator's behalf, which overrides the agent_id rule; `isBound` null: the rule applies again (A8).
 * Returns the previous decision of each room; null: the rule applied.
 * @throws AppError NOT_FOUND if the robot does not have one of the rooms; then none is changed.
 */
export async function setBindings(
  tx: Tx,
  { robotId, roomIds, isBound }: { robotId: string; roomIds: string[]; isBound: boolean | null },
): Promise<Map<string, boolean | null>> {
  // A concurrent sync must not apply the rule over the operator's decision.
  await lockRooms(tx, { robotId })
  const ids = [...new Set(roomIds)]
  const known = await tx
    .select({ id: rooms.id })
    .from(rooms)
    .where(and(inArray(rooms.id, ids), eq(rooms.robotId, robotId)))
  if (known.length < ids.length) throw new AppError('NOT_FOUND', { reason: 'room_not_found' })
  const decided = await tx
    .select({ roomId: bindings.roomId, isBound: bindings.isBound })
    .from(bindings)
    .where(and(inArray(bindings.roomId, ids), eq(bindings.source, 'operator')))
  const before = new Map<string, boolean | null>(ids.map((roomId) => [roomId, null]))
  for (const binding of decided) before.set(binding.roomId, binding.isBound)
  if (ids.length === 0) return before
  if (isBound === null) {
    await tx.delete(bindings).where(inArray(bindings.roomId, ids))
    await refreshBindings(tx, { robotId, roomIds: ids })
    return before
  }
  const binding = { isBound, source: 'operator' as const, isUnreviewed: false, changedAt: sql`clock_timestamp()` }
  await tx
    .insert(bindings)
    .values(ids.map((roomId) => ({ roomId, ...binding })))
    .onConflictDoUpdate({ target: bindings.roomId, set: binding })
  return before
}
