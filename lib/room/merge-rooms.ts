import { and, eq } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { callbackEvents } from '../db/schema/callback'
import { messages } from '../db/schema/message'
import { quns } from '../db/schema/qun'
import { bindings, rooms, roomUsernames } from '../db/schema/room'

type Merge = { robotId: string; fromId: string; intoId: string }

/**
 * Makes two rooms one: `intoId` takes over the other's messages, `@@…` and hand-made binding, and the other's id becomes one more
 * name of it. What `intoId` is called and who is in it now is the caller's to write. Call `lockRooms` before.
 */
export async function mergeRooms(tx: Tx, { robotId, fromId, intoId }: Merge): Promise<void> {
  // Whoever is just accepting a message for the other room is waited for, so that it moves too.
  await tx.select({ id: rooms.id }).from(rooms).where(eq(rooms.id, fromId)).for('update')
  await tx.update(messages).set({ roomId: intoId }).where(eq(messages.roomId, fromId))
  // Order is kept within a room, so what still waits for delivery has to wait in the same one.
  await tx.update(callbackEvents).set({ roomId: intoId }).where(eq(callbackEvents.roomId, fromId))
  await tx.update(quns).set({ roomId: intoId }).where(eq(quns.roomId, fromId))
  await tx.update(roomUsernames).set({ roomId: intoId }).where(eq(roomUsernames.roomId, fromId))
  await tx.insert(roomUsernames).values({ robotId, username: fromId, roomId: intoId })
  await takeOverBinding(tx, { fromId, intoId })
  await tx.delete(rooms).where(eq(rooms.id, fromId))
}

/** A hand-made binding of the known room stands; one that was made meanwhile beats the rule. */
async function takeOverBinding(tx: Tx, { fromId, intoId }: Omit<Merge, 'robotId'>): Promise<void> {
  const isByHand = (roomId: string) => and(eq(bindings.roomId, roomId), eq(bindings.source, 'operator'))
  const [[kept], [made]] = [
    await tx.select().from(bindings).where(isByHand(intoId)),
    await tx.select().from(bindings).where(isByHand(fromId)),
  ]
  if (kept || !made) return
  await tx.delete(bindings).where(eq(bindings.roomId, intoId))
  await tx.insert(bindings).values({ ...made, roomId: intoId })
}
