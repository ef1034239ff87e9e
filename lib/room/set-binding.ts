import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { bindings, rooms } from '../db/schema/room'
import { AppError } from '../errors'
import { refreshBindings } from './refresh-bindings'

/**
 * Binds or unbinds a room by hand, which beats the agent_id rule; null gives it back to the rule (A8).
 * @throws AppError NOT_FOUND for a room the robot does not have.
 */
export async function setBinding(
  tx: Tx,
  { robotId, roomId, isBound }: { robotId: string; roomId: string; isBound: boolean | null },
): Promise<void> {
  const [room] = await tx
    .select({ id: rooms.id })
    .from(rooms)
    .where(and(eq(rooms.id, roomId), eq(rooms.robotId, robotId)))
  if (!room) throw new AppError('NOT_FOUND', '微信群不存在')
  if (isBound === null) {
    await tx.delete(bindings).where(eq(bindings.roomId, roomId))
    await refreshBindings(tx, { robotId, roomIds: [roomId] })
    return
  }
  const binding = { isBound, source: 'operator' as const, changedAt: sql`clock_timestamp()` }
  await tx
    .insert(bindings)
    .values({ roomId, ...binding })
    .onConflictDoUpdate({ target: bindings.roomId, set: binding })
}
