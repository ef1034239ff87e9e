import { z } from 'zod'
import { getApplicationOrThrow } from '@/lib/application/get-application'
import type { ViewContext } from '@/lib/dashboard/view-context'
import { replyOutcomes } from '@/lib/db/types'
import { type DecisionRow, listDecisions } from '@/lib/reply/list-decisions'

const logPageSize = 20

export const replyLogQuery = z.object({
  outcome: z.enum(replyOutcomes).optional(),
  rule: z.string().max(64).optional(),
  /** Returns only events with a lower sequence: the next older page. */
  before: z.coerce.number().int().positive().optional(),
})

export type DecisionView = Omit<DecisionRow, 'createdAt' | 'decidedAt' | 'sequence' | 'replyReason'> & {
  articles: { id: string; title: string }[]
  createdAt: string
}

/** Returns a page of what an application's automatic replies decided, latest first; `nextBefore` null: the last one. @throws NOT_FOUND */
export async function readReplyLog(
  { db }: Pick<ViewContext, 'db'>,
  applicationId: string,
  { outcome, rule: ruleId, before: beforeSequence }: z.output<typeof replyLogQuery>,
): Promise<{ decisions: DecisionView[]; nextBefore: number | null }> {
  await getApplicationOrThrow(db, { applicationId })
  const page = { beforeSequence, limit: logPageSize }
  const { rows, nextCursor } = await listDecisions(db, { applicationId, outcome, ruleId, ...page })
  return { decisions: rows.map(viewOf), nextBefore: nextCursor }
}

function viewOf({ createdAt, decidedAt: _decided, sequence: _sequence, replyReason, ...row }: DecisionRow) {
  return {
    ...row,
    ruleName: row.ruleName ?? replyReason?.ruleName ?? null,
    articles: replyReason?.articles ?? [],
    createdAt: createdAt.toISOString(),
  }
}
