import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { quns } from '@/lib/db/schema/qun'
import { robots } from '@/lib/db/schema/robot'
import { AppError } from '@/lib/errors'

type Scope = { robotIds?: string[] | null | undefined; qunIds?: string[] | null | undefined }

/**
 * Refuses robots and quns of another application, and unknown ones: a wrong id would silence all others. Those that are stored already
 * stay valid after their removal. @throws AppError ROBOT_NOT_FOUND, NOT_FOUND
 */
export async function requireReplyScope(
  tx: Tx,
  { applicationId, before, after }: { applicationId: string; before: Scope; after: Scope },
): Promise<void> {
  const added = (name: keyof Scope) => [
    ...new Set((after[name] ?? []).filter((id) => !(before[name] ?? []).includes(id))),
  ]
  const isOwn = and(eq(robots.applicationId, applicationId), isNull(robots.deletedAt))
  const robotIds = added('robotIds')
  if (robotIds.length > 0 && (await tx.$count(robots, and(isOwn, inArray(robots.id, robotIds)))) < robotIds.length)
    throw new AppError('ROBOT_NOT_FOUND', { reason: 'robot_not_found', parameter: 'robot_ids' })
  const qunIds = added('qunIds')
  if (qunIds.length === 0) return
  const known = await tx
    .select({ id: quns.id })
    .from(quns)
    .innerJoin(robots, eq(robots.id, quns.robotId))
    .where(and(isOwn, inArray(quns.id, qunIds)))
  if (known.length < qunIds.length) throw new AppError('NOT_FOUND', { reason: 'qun_not_found', parameter: 'qun_ids' })
}
