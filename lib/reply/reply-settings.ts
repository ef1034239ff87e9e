import { eq, getTableColumns, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { embeddingRuns, replySettings } from '@/lib/db/schema/reply'
import type { ReplySettingsChange } from '@/lib/reply/reply-fields'
import { requireReplyScope } from '@/lib/reply/require-reply-scope'
import type { Sealer } from '@/lib/secret'

export type ReplySettings = typeof replySettings.$inferSelect

/** Settings without the sealed key; `hasModelKey`: a key is stored. */
export type ReplySettingsView = Omit<ReplySettings, 'modelKeySealed' | 'changedAt' | 'applicationId'> & {
  hasModelKey: boolean
}

/** Returns how an application replies automatically; null: it never was set up, and does not. */
export async function findReplySettings(
  db: Db,
  { applicationId }: { applicationId: string },
): Promise<ReplySettings | null> {
  const [row] = await db.select().from(replySettings).where(eq(replySettings.applicationId, applicationId))
  return row ?? null
}

/** Returns the settings of an application, the defaults if it has none, without the key of the model. */
export async function getReplySettings(
  db: Db,
  { applicationId }: { applicationId: string },
): Promise<ReplySettingsView> {
  const row = await findReplySettings(db, { applicationId })
  if (!row) return defaults
  const { modelKeySealed, changedAt: _changedAt, applicationId: _applicationId, ...view } = row
  return { ...view, hasModelKey: modelKeySealed !== null }
}

/**
 * Changes the settings of an application and seals the model's key; "" removes the key.
 * @throws AppError ROBOT_NOT_FOUND, NOT_FOUND for a robot or qun of another application
 */
export async function updateReplySettings(
  tx: Tx,
  { sealer, applicationId, modelKey, ...change }: ReplySettingsChange & { sealer: Sealer; applicationId: string },
): Promise<ReplySettingsView> {
  if (change.robotIds || change.qunIds)
    await requireReplyScope(tx, { applicationId, before: await getReplySettings(tx, { applicationId }), after: change })
  const key =
    modelKey === undefined ? {} : { modelKeySealed: modelKey && sealer.seal(modelKey, keyContext(applicationId)) }
  const columns = { ...change, ...key, ...(key.modelKeySealed === '' ? { modelKeySealed: null } : {}) }
  await tx
    .insert(replySettings)
    .values({ applicationId, ...columns })
    .onConflictDoUpdate({
      target: replySettings.applicationId,
      set: { ...columns, changedAt: sql`clock_timestamp()` },
    })
  // What failed may succeed with the new settings.
  await tx.delete(embeddingRuns).where(eq(embeddingRuns.applicationId, applicationId))
  return getReplySettings(tx, { applicationId })
}

/** Opens the key of the model; null: it needs none. @throws Error if no configured key opens it */
export function openModelKey({ applicationId, modelKeySealed }: ReplySettings, sealer: Sealer): string | null {
  return modelKeySealed === null ? null : sealer.open(modelKeySealed, keyContext(applicationId))
}

function keyContext(applicationId: string): string {
  return `application.model:${applicationId}`
}

const {
  applicationId: _id,
  changedAt: _at,
  modelKeySealed: _key,
  ...columnsWithDefault
} = getTableColumns(replySettings)

/** The defaults of the columns. */
const defaults = {
  ...Object.fromEntries(
    Object.entries(columnsWithDefault).map(([name, { default: value }]) => [name, isPlain(value) ? value : null]),
  ),
  handoverKeywords: ['人工'],
  hasModelKey: false,
} as ReplySettingsView

function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}
