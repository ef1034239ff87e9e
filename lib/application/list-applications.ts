import { and, asc, desc, eq, ilike, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { applications } from '@/lib/db/schema/application'
import { applicationColumns, type ApplicationView } from '@/lib/application/get-application'
import { likePattern } from '@/lib/db/like-pattern'
import { readPage } from '@/lib/db/read-page'
import type { Page, Paged } from '@/lib/paging'

export type ListedApplication = ApplicationView & { robotCount: number; tokenCount: number }

const robotCount = sql<number>`(
  select count(*)::int from robots where robots.application_id = "applications"."id" and robots.deleted_at is null)`

/** SQL: number of valid tokens that open the API. */
const tokenCount = sql<number>`(
  select count(*)::int from tokens
   where tokens.application_id = "applications"."id" and tokens.revoked_at is null and not tokens.is_callback_only
     and (tokens.expires_at is null or tokens.expires_at > clock_timestamp()))`

/** Lists all applications, newest first, with their numbers of robots and valid tokens. */
export async function listApplications(db: Db): Promise<ListedApplication[]> {
  return db
    .select({ ...applicationColumns, robotCount, tokenCount })
    .from(applications)
    .orderBy(desc(applications.createdAt))
}

const orders = { created: applications.createdAt, name: applications.name, robots: robotCount, tokens: tokenCount }

export type ApplicationSort = keyof typeof orders
export const applicationSorts = Object.keys(orders) as ApplicationSort[]

export const applicationStates = ['enabled', 'disabled'] as const

type ApplicationFilter = Page & {
  state?: (typeof applicationStates)[number] | undefined
  /** Id, or part of the name, or part of the callback URL unless `isUrlSearched` is false. */
  search?: string | undefined
  isUrlSearched?: boolean
  sort: { by: ApplicationSort; isDescending: boolean }
}

/** Lists a page of applications with their numbers of robots and valid tokens. */
export async function listApplicationPage(db: Db, filter: ApplicationFilter): Promise<Paged<ListedApplication>> {
  const { state, search, isUrlSearched = true, sort } = filter
  const pattern = likePattern(search ?? '')
  const isMatch = or(
    eq(applications.id, search ?? ''),
    ilike(applications.name, pattern),
    isUrlSearched ? ilike(applications.callbackUrl, pattern) : undefined,
  )
  const hasState = { enabled: isNull, disabled: isNotNull }
  const select = () =>
    db
      .select({
        ...applicationColumns,
        robotCount: robotCount.as('robot_count'),
        tokenCount: tokenCount.as('token_count'),
      })
      .from(applications)
      .where(and(state && hasState[state](applications.disabledAt), search ? isMatch : undefined))
      .$dynamic()
  const direction = sort.isDescending ? desc : asc
  return readPage(db, select, { ...filter, orderBy: [direction(orders[sort.by]), desc(applications.id)] })
}

export type ApplicationName = { id: string; name: string }

/** Maximum names in a list of choices. */
const maxNames = 500

/** Lists the names of these applications, or of the newest 500. */
export async function listApplicationNames(
  db: Db,
  { ids }: { ids?: string[] | undefined } = {},
): Promise<ApplicationName[]> {
  return db
    .select({ id: applications.id, name: applications.name })
    .from(applications)
    .where(ids && inArray(applications.id, ids))
    .orderBy(desc(applications.createdAt), desc(applications.id))
    .limit(ids?.length || maxNames)
}
