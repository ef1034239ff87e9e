import { readApplicationNames } from '@/app/api/dashboard/views/applications'
import { callbackListQuery, readCallbacks } from '@/app/api/dashboard/views/callbacks'
import { CallbackList } from '@/components/callback/callback-list'
import { callbackFilters, callbacksQuery } from '@/components/queries/callback-queries'
import { pickListParams } from '@/components/queries/list-params'
import { Prefetch } from '@/components/queries/prefetch'
import { applicationNamesQuery } from '@/components/queries/queries'
import { listEntry } from '../list-entry'
import { pageTitle } from '../page-title'
import { requireOperator } from '../require-operator'

export const generateMetadata = pageTitle('callback.title')

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function CallbacksPage({ searchParams }: Props) {
  const { ctx } = await requireOperator()
  const params = pickListParams(await searchParams, callbackFilters)
  const [events, applications] = await Promise.all([
    listEntry(callbacksQuery(params), callbackListQuery, params, (asked) => readCallbacks(ctx, asked)),
    readApplicationNames(ctx),
  ])
  return (
    <Prefetch entries={[...events, [applicationNamesQuery(), applications]]}>
      <CallbackList />
    </Prefetch>
  )
}
