import { readApplicationNames } from '@/app/api/dashboard/views/applications'
import { readCallbacks } from '@/app/api/dashboard/views/callbacks'
import { readEndpoints } from '@/app/api/dashboard/views/endpoints'
import { CallbackList } from '@/components/callback/callback-list'
import { endpointsQuery } from '@/components/queries/endpoint-queries'
import { Prefetch } from '@/components/queries/prefetch'
import { applicationNamesQuery, callbacksQuery } from '@/components/queries/queries'
import { callbackState } from '@/lib/db/schema/callback'
import { pageTitle } from '../page-title'
import { requireOperator } from '../require-operator'

export const generateMetadata = pageTitle('callback.title')

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function CallbacksPage({ searchParams }: Props) {
  const { ctx } = await requireOperator()
  const asked = await searchParams
  const applicationId = typeof asked.application === 'string' && asked.application ? asked.application : null
  const state = callbackState.enumValues.find((value) => value === asked.state) ?? null
  const [applications, events, endpoints] = await Promise.all([
    readApplicationNames(ctx),
    readCallbacks(ctx, { applicationId: applicationId ?? undefined, state: state ?? undefined }),
    readEndpoints(ctx),
  ])
  return (
    <Prefetch
      entries={[
        [applicationNamesQuery(), applications],
        [callbacksQuery({ applicationId, state }), { pages: [events], pageParams: [0] }],
        [endpointsQuery(), endpoints],
      ]}
    >
      <CallbackList />
    </Prefetch>
  )
}
