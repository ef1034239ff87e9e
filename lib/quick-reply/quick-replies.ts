import { and, asc, eq, ne, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { lockKey } from '@/lib/db/lock-key'
import { quickReplies } from '@/lib/db/schema/reply'
import { AppError } from '@/lib/errors'
import { newId } from '@/lib/id'
import { maxQuickReplies, type QuickReplyFields } from '@/lib/quick-reply/quick-reply-fields'

export type QuickReply = typeof quickReplies.$inferSelect
type Target = { applicationId: string; quickReplyId: string }

/** Lists the quick replies of an application by their shortcuts. */
export async function listQuickReplies(
  db: Db,
  { applicationId }: Pick<Target, 'applicationId'>,
): Promise<QuickReply[]> {
  return db
    .select()
    .from(quickReplies)
    .where(eq(quickReplies.applicationId, applicationId))
    .orderBy(asc(quickReplies.shortcut))
}

/** Returns a quick reply of an application. @throws AppError NOT_FOUND */
export async function getQuickReplyOrThrow(db: Db, target: Target): Promise<QuickReply> {
  const [row] = await db.select().from(quickReplies).where(isIts(target))
  if (!row) throw notFound()
  return row
}

/** Adds a quick reply. @throws AppError ILLEGAL_ACTION at the maximum number, or if the shortcut is taken */
export async function createQuickReply(
  tx: Tx,
  { applicationId, ...fields }: QuickReplyFields & Pick<Target, 'applicationId'>,
): Promise<QuickReply> {
  const id = newId('quickReply')
  await requireFreeShortcut(tx, { applicationId, quickReplyId: id, shortcut: fields.shortcut })
  const count = await tx.$count(quickReplies, eq(quickReplies.applicationId, applicationId))
  if (count >= maxQuickReplies)
    throw new AppError('ILLEGAL_ACTION', { reason: 'quick_reply_limit', params: { max: maxQuickReplies } })
  const [created] = await tx
    .insert(quickReplies)
    .values({ ...fields, id, applicationId })
    .returning()
  return created!
}

/** Changes a quick reply. @throws AppError NOT_FOUND, ILLEGAL_ACTION if the shortcut is taken */
export async function updateQuickReply(
  tx: Tx,
  { fields, ...target }: Target & { fields: QuickReplyFields },
): Promise<QuickReply> {
  await requireFreeShortcut(tx, { ...target, shortcut: fields.shortcut })
  const [updated] = await tx
    .update(quickReplies)
    .set({ ...fields, changedAt: sql`clock_timestamp()` })
    .where(isIts(target))
    .returning()
  if (!updated) throw notFound()
  return updated
}

/** @throws AppError NOT_FOUND */
export async function removeQuickReply(tx: Tx, target: Target): Promise<QuickReply> {
  const [removed] = await tx.delete(quickReplies).where(isIts(target)).returning()
  if (!removed) throw notFound()
  return removed
}

async function requireFreeShortcut(
  tx: Tx,
  { applicationId, quickReplyId, shortcut }: Target & Pick<QuickReplyFields, 'shortcut'>,
): Promise<void> {
  await lockKey(tx, `quick-replies:${applicationId}`)
  const isTaken = and(
    eq(quickReplies.applicationId, applicationId),
    eq(quickReplies.shortcut, shortcut),
    ne(quickReplies.id, quickReplyId),
  )
  if ((await tx.$count(quickReplies, isTaken)) === 0) return
  throw new AppError('ILLEGAL_ACTION', {
    reason: 'shortcut_taken',
    params: { name: shortcut },
    parameter: 'shortcut',
  })
}

function isIts({ applicationId, quickReplyId }: Target) {
  return and(eq(quickReplies.id, quickReplyId), eq(quickReplies.applicationId, applicationId))
}

function notFound(): AppError {
  return new AppError('NOT_FOUND', { reason: 'quick_reply_not_found', parameter: 'quick_reply_id' })
}
