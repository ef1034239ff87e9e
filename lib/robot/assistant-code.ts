import { eq, sql } from 'drizzle-orm'
import { fileTypeFromBuffer } from 'file-type'
import type { Db } from '@/lib/db/client'
import { assistantCodes } from '@/lib/db/schema/contact'
import { AppError } from '@/lib/errors'

const largestBytes = 1024 * 1024

/**
 * Stores the picture of an assistant's own QR code, for join pages to show. Spec: B3.
 * @throws INVALID_PARAMETER for anything but a PNG, JPEG or WebP of at most 1 MiB, by its bytes.
 */
export async function setAssistantCode(tx: Db, { robotId, bytes }: { robotId: string; bytes: Buffer }): Promise<void> {
  const contentType = (await fileTypeFromBuffer(bytes))?.mime ?? ''
  if (!/^image\/(png|jpeg|webp)$/.test(contentType) || bytes.length > largestBytes)
    throw new AppError('INVALID_PARAMETER', '二维码须为 1 MiB 以内的 PNG、JPEG 或 WebP 图片', { parameter: 'qr' })
  const code = { contentType, bytes, changedAt: sql`clock_timestamp()` }
  await tx
    .insert(assistantCodes)
    .values({ robotId, ...code })
    .onConflictDoUpdate({ target: assistantCodes.robotId, set: code })
}

/** The picture; null where no operator has given one. */
export async function getAssistantCode(db: Db, { robotId }: { robotId: string }) {
  const [code] = await db.select().from(assistantCodes).where(eq(assistantCodes.robotId, robotId))
  return code ?? null
}
