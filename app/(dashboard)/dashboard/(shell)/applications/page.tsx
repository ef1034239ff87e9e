import { applicationListQuery, readApplications } from '@/lib/dashboard/application/list'
import { ApplicationList } from '@/components/application/application-list'
import { pickListParams } from '@/components/queries/list-params'
import { Prefetch } from '@/components/queries/prefetch'
import { applicationFilters, applicationsQuery } from '@/components/queries/queries'
import { listEntry } from '@/app/(dashboard)/dashboard/(shell)/list-entry'
import { pageTitle } from '@/app/(dashboard)/dashboard/(shell)/page-title'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

export const generateMetadata = pageTitle('application.title')

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function ApplicationsPage({ searchParams }: Props) {
  const { ctx } = await requireOperator()
  const params = pickListParams(await searchParams, applicationFilters)
  const read = (query: Parameters<typeof readApplications>[1]) => readApplications(ctx, query)
  return (
    <Prefetch entries={await listEntry(applicationsQuery(params), applicationListQuery, params, read)}>
      <ApplicationList />
    </Prefetch>
  )
}
