import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import { type TokenScope, tokenScopes } from '@/lib/db/types'
import { AppError } from '@/lib/errors'

/** What a token is limited to; null: no limit. Spec: A3 (access token). */
export type TokenLimits = { scopes: TokenScope[] | null; robotIds: string[] | null; networks: string[] | null }

export type LimitChange = { [Limit in keyof TokenLimits]?: TokenLimits[Limit] | undefined }

/**
 * Returns limits as they are stored: without repetitions, and null for all scopes or an empty list.
 * @throws INVALID_PARAMETER if the application lacks a robot.
 */
export async function readLimits(
  db: Db,
  { applicationId, ...limits }: LimitChange & { applicationId: string },
): Promise<LimitChange> {
  const { scopes, robotIds, networks } = limits
  if (robotIds?.length) await requireRobots(db, { applicationId, robotIds })
  const isAll = !scopes || tokenScopes.every((scope) => scopes.includes(scope))
  return {
    ...(scopes !== undefined && { scopes: isAll ? null : tokenScopes.filter((scope) => scopes.includes(scope)) }),
    ...(robotIds !== undefined && { robotIds: listOrNull(robotIds) }),
    ...(networks !== undefined && { networks: listOrNull(networks) }),
  }
}

function listOrNull(items: string[] | null): string[] | null {
  return items?.length ? [...new Set(items)] : null
}

async function requireRobots(db: Db, { applicationId, robotIds }: { applicationId: string; robotIds: string[] }) {
  const rows = await db
    .select({ id: robots.id })
    .from(robots)
    .where(and(eq(robots.applicationId, applicationId), inArray(robots.id, robotIds), isNull(robots.deletedAt)))
  const unknown = robotIds.filter((robotId) => !rows.some(({ id }) => id === robotId))
  if (unknown.length === 0) return
  const ids = unknown.slice(0, 5).join(', ')
  throw new AppError('INVALID_PARAMETER', { reason: 'token_robots_unknown', parameter: 'robotIds', params: { ids } })
}
