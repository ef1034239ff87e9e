import { eq } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { ruleImages } from '@/lib/db/schema/reply'
import { readUploadedImage, type UploadedImage } from '@/lib/media/read-upload'

/** Each reply stores a copy, so that the inbox shows it as long as the message. */
export const maxRuleImageMib = 2

/**
 * Reads the uploaded image of a rule; null: "", which means no upload.
 * @throws IMAGE_UNUSABLE for what WeChat does not show as an image, and over 2 MiB
 */
export async function readRuleImage(dataBase64: string): Promise<UploadedImage | null> {
  if (dataBase64 === '') return null
  return readUploadedImage(Buffer.from(dataBase64, 'base64'), { maxMib: maxRuleImageMib })
}

/** Stores the image of a rule in place of the previous one; null: removes it. */
export async function setRuleImage(
  tx: Tx,
  { ruleId, image }: { ruleId: string; image: UploadedImage | null },
): Promise<void> {
  if (image === null) await tx.delete(ruleImages).where(eq(ruleImages.ruleId, ruleId))
  else
    await tx
      .insert(ruleImages)
      .values({ ruleId, ...image })
      .onConflictDoUpdate({ target: ruleImages.ruleId, set: image })
}

/** Returns the uploaded image of a rule; null: it has none. */
export async function findRuleImage(db: Db, { ruleId }: { ruleId: string }): Promise<UploadedImage | null> {
  const [image] = await db
    .select({ contentType: ruleImages.contentType, bytes: ruleImages.bytes })
    .from(ruleImages)
    .where(eq(ruleImages.ruleId, ruleId))
  return image ?? null
}
