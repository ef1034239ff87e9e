import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { applications } from '@/lib/db/schema/application'
import { media } from '@/lib/db/schema/message'
import { robots } from '@/lib/db/schema/robot'

/** Bytes read from the database per query. */
const chunkBytes = 256 * 1024

/** A file without its bytes. `fileName` null: an image, voice message or video. */
export type StoredMedia = { contentType: string; sizeBytes: number; fileName: string | null }

/**
 * Returns a stored file by its unguessable id; null: none, its robot was deleted, or its application is disabled.
 */
export async function getMedia(db: Db, mediaId: string): Promise<StoredMedia | null> {
  const [row] = await db
    .select({ contentType: media.contentType, sizeBytes: media.sizeBytes, fileName: media.fileName })
    .from(media)
    .innerJoin(robots, and(eq(robots.id, media.robotId), isNull(robots.deletedAt)))
    .innerJoin(applications, and(eq(applications.id, robots.applicationId), isNull(applications.disabledAt)))
    .where(eq(media.id, mediaId))
  return row ?? null
}

/** Returns the file that was stored with a message to be sent; null: its content is a link. */
export async function readMessageFile(
  db: Db,
  { messageId }: { messageId: string },
): Promise<{ bytes: Buffer; contentType: string; fileName: string | null } | null> {
  const [file] = await db
    .select({ bytes: media.bytes, contentType: media.contentType, fileName: media.fileName })
    .from(media)
    .where(eq(media.messageId, messageId))
  return file ?? null
}

/** Streams the bytes of a file with one chunk in memory. The stream fails if the file is deleted while it is read. */
export function streamMedia(db: Db, { mediaId, sizeBytes }: { mediaId: string; sizeBytes: number }) {
  let offset = 0
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    if (offset >= sizeBytes) return controller.close()
    const [row] = await db
      .select({ bytes: sql<Buffer>`substring(${media.bytes} from ${offset + 1}::int for ${chunkBytes}::int)` })
      .from(media)
      .where(eq(media.id, mediaId))
    if (!row || row.bytes.length === 0) throw new Error('the file was deleted while it was read')
    offset += row.bytes.length
    controller.enqueue(new Uint8Array(row.bytes))
  }
  return new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 })
}

/** Deletes a batch of files received more than `olderThanDays` ago; returns their number. Their links return 404 afterwards. */
export async function deleteOldMedia(
  db: Db,
  { olderThanDays, batchSize }: { olderThanDays: number; batchSize: number },
): Promise<number> {
  const rows = await db.execute(sql`
    delete from media where id in (
      select id from media where created_at < statement_timestamp() - make_interval(days => ${olderThanDays})
        order by created_at limit ${batchSize} for update skip locked)
      returning 1`)
  return rows.length
}
