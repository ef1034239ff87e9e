import { desc, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { applications } from '@/lib/db/schema/application'
import { type ApplicationView, applicationColumns } from './application-view'

export type ListedApplication = ApplicationView & { robotCount: number; tokenCount: number }

export const robotCount = sql<number>`(
  select count(*)::int from robots where robots.application_id = "applications"."id" and robots.deleted_at is null)`

/** The usable ones that open the API. */
export const tokenCount = sql<number>`(
  select count(*)::int from tokens
   where tokens.application_id = "applications"."id" and tokens.revoked_at is null and not tokens.is_callback_only
     and (tokens.expires_at is null or tokens.expires_at > clock_timestamp()))`

/** Lists applications, newest first, with how many robots and usable tokens each has. */
export async function listApplications(db: Db): Promise<ListedApplication[]> {
  return db
    .select({ ...applicationColumns, robotCount, tokenCount })
    .from(applications)
    .orderBy(desc(applications.createdAt))
}
