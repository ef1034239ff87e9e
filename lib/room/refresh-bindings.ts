import { and, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { robots } from '../db/schema/robot'
import { bindings, rooms } from '../db/schema/room'
import { isBoundByRule } from './is-bound-by-rule'

/** Applies the agent_id rule to a robot's rooms, or to some of them; what an operator decided stays (A8). */
export async function refreshBindings(tx: Tx, input: { robotId: string; roomIds?: string[] }): Promise<void> {
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
    .values(changed.map(({ roomId, isBound }) => ({ roomId, isBound, source: 'rule' as const })))
    .onConflictDoUpdate({
      target: bindings.roomId,
      set: { isBound: sql`excluded.is_bound`, source: 'rule', changedAt: sql`clock_timestamp()` },
    })
}
