import type { ReactNode } from 'react'
import { readApplication } from '@/app/api/dashboard/views/applications'
import { ApplicationFrame } from '@/components/application/application-frame'
import { Prefetch } from '@/components/queries/prefetch'
import { applicationQuery } from '@/components/queries/queries'
import { foundOr404 } from '../../found-or-404'
import { requireOperator } from '../../require-operator'

type Props = { params: Promise<{ applicationId: string }>; children: ReactNode }

export default async function ApplicationLayout({ params, children }: Props) {
  const { ctx } = await requireOperator()
  const { applicationId } = await params
  const application = await foundOr404(readApplication(ctx, applicationId))
  return (
    <Prefetch entries={[[applicationQuery(applicationId), application]]}>
      <ApplicationFrame applicationId={applicationId}>{children}</ApplicationFrame>
    </Prefetch>
  )
}
