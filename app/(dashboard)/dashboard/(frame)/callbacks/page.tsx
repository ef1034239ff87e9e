import { readApplications } from '@/app/api/dashboard/views/applications'
import { CallbackList } from '@/components/callback/callback-list'
import { Prefetch } from '@/components/queries/prefetch'
import { applicationsQuery } from '@/components/queries/queries'
import { requireOperator } from '../require-operator'

export default async function CallbacksPage() {
  const { ctx } = await requireOperator()
  return (
    <Prefetch entries={[[applicationsQuery(), await readApplications(ctx)]]}>
      <CallbackList />
    </Prefetch>
  )
}
