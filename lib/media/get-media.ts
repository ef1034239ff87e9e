import { eq } from 'drizzle-orm'
import type { Db } from '../db/client'
import { media } from '../db/schema/message'

/** Stored bytes by their unguessable id; null when there are none, or no longer. */
export async function getMedia(db: Db, mediaId: string): Promise<{ contentType: string; bytes: Buffer } | null> {
  const [row] = await db
    .select({ contentType: media.contentType, bytes: media.bytes })
    .from(media)
    .where(eq(media.id, mediaId))
  return row ?? null
}
