import { readApplicationNames } from '@/lib/dashboard/application/list'
import { callbackListQuery, readCallbacks } from '@/lib/dashboard/callback/list'
import { CallbackList } from '@/components/callback/callback-list'
import { callbackFilters, callbacksQuery } from '@/components/queries/callback-queries'
import { pickListParams } from '@/components/queries/list-params'
import { Prefetch, prefetched } from '@/components/queries/prefetch'
import { applicationNamesQuery } from '@/components/queries/queries'
import { listEntry } from '@/app/(dashboard)/dashboard/(shell)/list-entry'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('callback.title')

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function CallbacksPage({ searchParams }: Props) {
  const { ctx } = await requireOperator()
  const params = pickListParams(await searchParams, callbackFilters)
  const [events, applications] = await Promise.all([
    listEntry(callbacksQuery(params), callbackListQuery, params, (query) => readCallbacks(ctx, query)),
    readApplicationNames(ctx),
  ])
  return (
    <Prefetch entries={[...events, prefetched(applicationNamesQuery(), applications)]}>
      <CallbackList />
    </Prefetch>
  )
}
