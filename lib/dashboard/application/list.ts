import { z } from 'zod'
import {
  type ApplicationName,
  applicationSorts,
  applicationStates,
  listApplicationNames,
  listApplicationPage,
  type ListedApplication,
} from '@/lib/application/list-applications'
import type { Paged } from '@/lib/paging'
import { listQuery, rowsOf, sortQuery } from '@/lib/dashboard/list-query'
import type { ViewContext } from '@/lib/dashboard/view-context'
import { maskUrlFor } from '@/lib/auth/mask-secrets'

export type ApplicationView = Pick<
  ListedApplication,
  'id' | 'name' | 'callbackUrl' | 'roomScope' | 'eventTypes' | 'robotCount' | 'tokenCount'
> & { isDisabled: boolean; createdAt: string }

export const applicationListQuery = listQuery({
  state: z.enum(applicationStates).optional(),
  sort: sortQuery(applicationSorts, '-created'),
})

/** Returns a page of applications, each with the number of its robots and tokens. */
export async function readApplications(
  { db, operator }: ViewContext,
  query: z.output<typeof applicationListQuery>,
): Promise<Paged<ApplicationView>> {
  const { state, q: search, sort } = query
  const { rows, total } = await listApplicationPage(db, {
    ...rowsOf(query),
    state,
    search,
    // A search must not reveal what is masked.
    isUrlSearched: operator.role === 'admin',
    sort,
  })
  const applications = rows.map(({ disabledAt, createdAt, ...application }) => ({
    ...application,
    callbackUrl: maskUrlFor(operator, application.callbackUrl),
    isDisabled: disabledAt !== null,
    createdAt: createdAt.toISOString(),
  }))
  return { rows: applications, total }
}

/** Lists the names of the newest applications, for a select. */
export async function readApplicationNames({ db }: ViewContext): Promise<ApplicationName[]> {
  return listApplicationNames(db)
}
