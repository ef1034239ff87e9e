import type { ReactNode } from 'react'
import { readApplication } from '@/lib/dashboard/application/detail'
import { ApplicationShell } from '@/components/application/application-shell'
import { Prefetch, prefetched } from '@/components/queries/prefetch'
import { applicationQuery } from '@/components/queries/queries'
import { foundOr404 } from '@/app/(dashboard)/dashboard/(shell)/found-or-404'
import { requireOperator } from '@/app/(dashboard)/dashboard/(shell)/require-operator'

type Props = { params: Promise<{ applicationId: string }>; children: ReactNode }

export default async function ApplicationLayout({ params, children }: Props) {
  const { ctx } = await requireOperator()
  const { applicationId } = await params
  const application = await foundOr404(readApplication(ctx, applicationId))
  return (
    <Prefetch entries={[prefetched(applicationQuery(applicationId), application)]}>
      <ApplicationShell applicationId={applicationId}>{children}</ApplicationShell>
    </Prefetch>
  )
}
