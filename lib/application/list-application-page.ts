import { asc, desc, eq, ilike, isNotNull, isNull, or, and } from 'drizzle-orm'
import { containing } from '@/lib/db/containing'
import type { Db } from '@/lib/db/client'
import { readPage } from '@/lib/db/read-page'
import { applications } from '@/lib/db/schema/application'
import type { Page, Paged } from '@/lib/paging'
import { applicationColumns } from './application-view'
import { type ListedApplication, robotCount, tokenCount } from './list-applications'

const orders = { created: applications.createdAt, name: applications.name, robots: robotCount, tokens: tokenCount }

export type ApplicationSort = keyof typeof orders
export const applicationSorts = Object.keys(orders) as ApplicationSort[]

export const applicationStates = ['enabled', 'disabled'] as const

type Wanted = Page & {
  state?: (typeof applicationStates)[number] | undefined
  /** Part of a name or a callback address, or the application's id. */
  search?: string | undefined
  sort: { by: ApplicationSort; isDescending: boolean }
}

/** Lists a page of applications with how many robots and usable tokens each has. */
export async function listApplicationPage(db: Db, wanted: Wanted): Promise<Paged<ListedApplication>> {
  const { state, search, sort } = wanted
  const pattern = containing(search ?? '')
  const found = or(
    eq(applications.id, search ?? ''),
    ilike(applications.name, pattern),
    ilike(applications.callbackUrl, pattern),
  )
  const isOfState = { enabled: isNull, disabled: isNotNull }
  const select = () =>
    db
      .select({
        ...applicationColumns,
        robotCount: robotCount.as('robot_count'),
        tokenCount: tokenCount.as('token_count'),
      })
      .from(applications)
      .where(and(state && isOfState[state](applications.disabledAt), search ? found : undefined))
      .$dynamic()
  const direction = sort.isDescending ? desc : asc
  return readPage(db, select, { ...wanted, orderBy: [direction(orders[sort.by]), desc(applications.id)] })
}
