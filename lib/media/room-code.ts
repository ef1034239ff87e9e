import { and, eq, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { outgoingFiles, roomCodes } from '@/lib/db/schema/gateway'
import { rooms } from '@/lib/db/schema/room'
import { storeOutgoingFile } from '@/lib/media/outgoing-file'

/** Seconds for which WeChat accepts a code. */
const lifeSeconds = 7 * 24 * 3_600
/** Remaining life below which a new code is fetched. */
const minLeftSeconds = 24 * 3_600

export type RoomCode = { fileId: string; expiresAt: Date }

/** Returns the stored QR code of a room. null: none that is valid for another day. */
export async function findRoomCode(db: Db, { roomId }: { roomId: string }): Promise<RoomCode | null> {
  const isFresh = sql`${outgoingFiles.expiresAt} > clock_timestamp() + make_interval(secs => ${minLeftSeconds})`
  const [code] = await db
    .select({ fileId: roomCodes.fileId, expiresAt: outgoingFiles.expiresAt })
    .from(roomCodes)
    .innerJoin(outgoingFiles, eq(outgoingFiles.id, roomCodes.fileId))
    .where(and(eq(roomCodes.roomId, roomId), isFresh))
  return code ?? null
}

/** Stores a fetched QR code in place of the previous one, whose link stays valid until it expires. */
export async function storeRoomCode(
  tx: Tx,
  { roomId, ...image }: { robotId: string; roomId: string; contentType: string; bytes: Buffer },
): Promise<void> {
  const fileId = await storeOutgoingFile(tx, { ...image, lifeSeconds })
  await tx
    .insert(roomCodes)
    .values({ roomId, fileId })
    .onConflictDoUpdate({ target: roomCodes.roomId, set: { fileId } })
}

/** Returns what a connection calls a room of a robot now. null: it is not in this room. */
export async function findRoomUsername(
  db: Db,
  { robotId, roomId }: { robotId: string; roomId: string },
): Promise<string | null> {
  const isRoom = and(eq(rooms.id, roomId), eq(rooms.robotId, robotId), sql`${rooms.goneAt} is null`)
  const [room] = await db.select({ username: rooms.username }).from(rooms).where(isRoom)
  return room?.username ?? null
}
