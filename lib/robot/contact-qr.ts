import { eq, sql } from 'drizzle-orm'
import { fileTypeFromBuffer } from 'file-type'
import type { Db } from '@/lib/db/client'
import { contactQrs } from '@/lib/db/schema/contact'
import { AppError } from '@/lib/errors'
import { readDimensions } from '@/lib/image-dimensions'

const maxBytes = 1024 * 1024
/** A small file can decode to gigabytes on the phone that shows it. */
const maxPixels = 4_000_000

/**
 * Stores the picture of an assistant's contact QR code, which join pages show. Spec: B3 (assistant).
 * @throws INVALID_PARAMETER for anything but a PNG, JPEG or WebP of up to 1 MiB and 4 megapixels, by its bytes.
 */
export async function setContactQr(tx: Db, { robotId, bytes }: { robotId: string; bytes: Buffer }): Promise<void> {
  const contentType = (await fileTypeFromBuffer(bytes))?.mime ?? ''
  if (!/^image\/(png|jpeg|webp)$/.test(contentType) || bytes.length > maxBytes)
    throw new AppError('INVALID_PARAMETER', { reason: 'picture_format', parameter: 'qr' })
  const dimensions = readDimensions(bytes)
  if (!dimensions) throw new AppError('INVALID_PARAMETER', { reason: 'picture_cut_off', parameter: 'qr' })
  const { width, height } = dimensions
  if (width * height > maxPixels)
    throw new AppError('INVALID_PARAMETER', { reason: 'picture_pixels', params: { width, height }, parameter: 'qr' })
  const picture = { contentType, bytes, changedAt: sql`clock_timestamp()` }
  await tx
    .insert(contactQrs)
    .values({ robotId, ...picture })
    .onConflictDoUpdate({ target: contactQrs.robotId, set: picture })
}

/** Returns the picture; null: not uploaded. */
export async function getContactQr(db: Db, { robotId }: { robotId: string }) {
  const [picture] = await db.select().from(contactQrs).where(eq(contactQrs.robotId, robotId))
  return picture ?? null
}
