import { and, asc, count, eq, isNull, max, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { lockKey } from '@/lib/db/lock-key'
import { quns } from '@/lib/db/schema/qun'
import { replyRules } from '@/lib/db/schema/reply'
import { robots } from '@/lib/db/schema/robot'
import { AppError } from '@/lib/errors'
import type { UploadedImage } from '@/lib/media/read-upload'
import { compile } from '@/lib/rule/match-rules'
import { maxRules, type RuleFields } from '@/lib/rule/rule-fields'
import { findRuleImage, setRuleImage } from '@/lib/rule/rule-image'

export type RuleRow = typeof replyRules.$inferSelect

/** The upload of a rule whose `hasImage` is set. */
type WithImage = { image?: UploadedImage | null }

/** Lists an application's rules in the order in which they are tried. */
export async function listRules(db: Db, { applicationId }: { applicationId: string }): Promise<RuleRow[]> {
  return db
    .select()
    .from(replyRules)
    .where(eq(replyRules.applicationId, applicationId))
    .orderBy(asc(replyRules.position), asc(replyRules.id))
}

/** Returns a rule of an application. @throws AppError NOT_FOUND */
export async function getRuleOrThrow(db: Db, rule: { applicationId: string; ruleId: string }): Promise<RuleRow> {
  const [row] = await db.select().from(replyRules).where(isRule(rule))
  if (!row) throw new AppError('NOT_FOUND', { reason: 'rule_not_found', parameter: 'rule_id' })
  return row
}

/**
 * Adds a rule after all others. `rule` is complete (`completeRule`).
 * @throws AppError INVALID_PARAMETER for an expression that is not RE2 or too large, or a robot or qun of another application;
 * ILLEGAL_ACTION at the maximum number of rules
 */
export async function createRule(
  tx: Tx,
  {
    applicationId,
    ruleId,
    image = null,
    ...fields
  }: RuleFields & WithImage & { applicationId: string; ruleId: string },
): Promise<RuleRow> {
  const rule = normalized(fields)
  await lockKey(tx, `rules:${applicationId}`)
  await checkRule(tx, applicationId, rule)
  const [existing] = await tx
    .select({ count: count(), last: max(replyRules.position) })
    .from(replyRules)
    .where(eq(replyRules.applicationId, applicationId))
  if ((existing?.count ?? 0) >= maxRules)
    throw new AppError('ILLEGAL_ACTION', { reason: 'rule_limit', params: { max: maxRules } })
  const position = (existing?.last ?? 0) + 1
  const [created] = await tx
    .insert(replyRules)
    .values({ ...rule, id: ruleId, applicationId, position })
    .returning()
  await storeImage(tx, { ruleId, rule, image })
  return created!
}

/** Replaces the fields of a rule; it keeps its position, and its uploaded image unless `image` replaces it. @throws AppError as `createRule`, NOT_FOUND */
export async function updateRule(
  tx: Tx,
  {
    applicationId,
    ruleId,
    fields,
    image = null,
  }: WithImage & { applicationId: string; ruleId: string; fields: RuleFields },
): Promise<RuleRow> {
  const rule = normalized(fields)
  await checkRule(tx, applicationId, rule)
  const [updated] = await tx.update(replyRules).set(rule).where(isRule({ applicationId, ruleId })).returning()
  if (!updated) throw new AppError('NOT_FOUND', { reason: 'rule_not_found', parameter: 'rule_id' })
  await storeImage(tx, { ruleId, rule, image })
  return updated
}

/** Puts a rule at a place, from 1, in the order of its application's rules. @throws AppError NOT_FOUND */
export async function moveRule(
  tx: Tx,
  { applicationId, ruleId, place }: { applicationId: string; ruleId: string; place: number },
): Promise<void> {
  await lockKey(tx, `rules:${applicationId}`)
  const { id } = await getRuleOrThrow(tx, { applicationId, ruleId })
  const ids = (await listRules(tx, { applicationId })).map((rule) => rule.id).filter((other) => other !== id)
  ids.splice(Math.max(0, place - 1), 0, id)
  await tx.execute(sql`
    update reply_rules as rule set position = place.number
      from unnest(${sql.param(ids)}::text[]) with ordinality as place(id, number)
      where rule.id = place.id and rule.application_id = ${applicationId}`)
}

/** Removes a rule; the log of what it did keeps no link to it. @throws AppError NOT_FOUND */
export async function removeRule(tx: Tx, rule: { applicationId: string; ruleId: string }): Promise<RuleRow> {
  const [removed] = await tx.delete(replyRules).where(isRule(rule)).returning()
  if (!removed) throw new AppError('NOT_FOUND', { reason: 'rule_not_found', parameter: 'rule_id' })
  return removed
}

/** Only an answer with an image has an upload, which replaces the link. */
function normalized(rule: RuleFields): RuleFields {
  const hasImage = rule.answer === 'image' && rule.hasImage
  return { ...rule, hasImage, content: hasImage ? '' : rule.content }
}

async function storeImage(
  tx: Tx,
  { ruleId, rule, image }: { ruleId: string; rule: RuleFields; image: UploadedImage | null },
): Promise<void> {
  if (!rule.hasImage || image) return setRuleImage(tx, { ruleId, image: rule.hasImage ? image : null })
  if ((await findRuleImage(tx, { ruleId })) === null)
    throw new AppError('INVALID_PARAMETER', { reason: 'rule_image_missing', parameter: 'content' })
}

function isRule({ applicationId, ruleId }: { applicationId: string; ruleId: string }) {
  return and(eq(replyRules.id, ruleId), eq(replyRules.applicationId, applicationId))
}

async function checkRule(tx: Tx, applicationId: string, rule: RuleFields): Promise<void> {
  const invalid = rule.trigger === 'matches' ? rule.patterns.find((pattern) => compile(pattern) === null) : undefined
  if (invalid !== undefined)
    throw new AppError('INVALID_PARAMETER', {
      reason: 'pattern_invalid',
      params: { name: invalid },
      parameter: 'patterns',
    })
  if (rule.robotId !== null) {
    const isIts = and(eq(robots.id, rule.robotId), eq(robots.applicationId, applicationId), isNull(robots.deletedAt))
    if ((await tx.$count(robots, isIts)) === 0)
      throw new AppError('ROBOT_NOT_FOUND', { reason: 'robot_not_found', parameter: 'robotId' })
  }
  if (rule.qunId === null) return
  const [qun] = await tx
    .select({ id: quns.id })
    .from(quns)
    .innerJoin(robots, eq(robots.id, quns.robotId))
    .where(and(eq(quns.id, rule.qunId), eq(robots.applicationId, applicationId)))
  if (!qun) throw new AppError('NOT_FOUND', { reason: 'qun_not_found', parameter: 'qunId' })
}

/** Counts that a rule replied or handed over. */
export async function countFired(tx: Tx, { ruleId }: { ruleId: string }): Promise<void> {
  await tx
    .update(replyRules)
    .set({ firedCount: sql`${replyRules.firedCount} + 1`, lastFiredAt: sql`clock_timestamp()` })
    .where(eq(replyRules.id, ruleId))
}
