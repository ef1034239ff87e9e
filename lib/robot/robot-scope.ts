import { and, eq, inArray, type SQL } from 'drizzle-orm'
import { robots } from '@/lib/db/schema/robot'

/** The robots that a token is for; `robotIds` null: all of its application. Spec: A3 (access token), A4 (tenants). */
export type RobotScope = { applicationId: string; robotIds: string[] | null }

/** Matches the rows of `robots`, deleted ones included, that a token is for. */
export function isInScope({ applicationId, robotIds }: RobotScope): SQL | undefined {
  return and(eq(robots.applicationId, applicationId), robotIds === null ? undefined : inArray(robots.id, robotIds))
}
