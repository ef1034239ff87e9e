import { and, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import { bindings, rooms } from '@/lib/db/schema/room'
import { isBoundByRule } from '@/lib/room/is-bound-by-rule'

/**
 * Applies the agent_id rule to a robot's rooms, or to `roomIds`; operators' decisions stay (A8). Rooms of `unreviewedIds` that the
 * rule binds now are listed for review.
 */
export async function refreshBindings(
  tx: Tx,
  input: { robotId: string; roomIds?: string[]; unreviewedIds?: ReadonlySet<string> },
): Promise<void> {
  const ofRooms = input.roomIds ? inArray(rooms.id, input.roomIds) : undefined
  const undecided = await tx
    .select({ roomId: rooms.id, name: rooms.name, agentId: robots.agentId, isBound: bindings.isBound })
    .from(rooms)
    .innerJoin(robots, eq(robots.id, rooms.robotId))
    .leftJoin(bindings, eq(bindings.roomId, rooms.id))
    .where(and(eq(rooms.robotId, input.robotId), ofRooms, or(isNull(bindings.source), ne(bindings.source, 'operator'))))
  const changed = undecided
    .map((room) => ({ roomId: room.roomId, was: room.isBound, isBound: isBoundByRule(room.name, room.agentId) }))
    .filter((room) => room.was !== room.isBound)
  if (changed.length === 0) return
  await tx
    .insert(bindings)
    .values(
      changed.map(({ roomId, isBound }) => {
        const isUnreviewed = isBound && (input.unreviewedIds?.has(roomId) ?? false)
        return { roomId, isBound, source: 'rule' as const, isUnreviewed }
      }),
    )
    .onConflictDoUpdate({
      target: bindings.roomId,
      set: {
        isBound: sql`excluded.is_bound`,
        isUnreviewed: sql`excluded.is_unreviewed`,
        source: 'rule',
        changedAt: sql`clock_timestamp()`,
      },
    })
}
