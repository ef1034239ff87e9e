'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { useCanChange } from '@/components/frame/role-context'
import { Card } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'
import { JoinTokenCard } from './join-token-card'
import { MemberTable } from './member-table'
import { QunActions } from './qun-actions'
import { QunLinks } from './qun-links'
import { qunQuery } from './qun-queries'
import { QunStatus } from './qun-status'
import { TieRoom } from './tie-room'

export function QunPanel({ qunId }: { qunId: string }) {
  const t = useTranslations('qun')
  const canChange = useCanChange()
  const { data: qun, error, refetch } = useQuery(qunQuery(qunId))
  if (!qun) return error && <ErrorState error={error} onRetry={refetch} />
  const isPending = qun.status === 'pending_owner' || qun.status === 'pending_room'
  const steps = ['opened', 'added', 'joined'] as const
  return (
    <>
      <PageHeader title={qun.name} action={canChange && <QunActions qun={qun} />}>
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <QunStatus status={qun.status} />
          <span>{t('ownerIs', { owner: qun.ownerName })}</span>
          <Link className="link" href={`/dashboard/robots/${qun.assistant.robotId}/settings`}>
            {t('assistantIs', { assistant: qun.assistant.name })}
          </Link>
        </span>
      </PageHeader>
      <div className="flex flex-col gap-6">
        {qun.otherOwner && <Note>{t('otherOwner', { given: qun.ownerName, found: qun.otherOwner })}</Note>}
        {qun.failure && <Note>{t('failure', { reason: qun.failure })}</Note>}
        <dl className="grid grid-cols-3 gap-3">
          {steps.map((step) => (
            <div key={step} className="rounded-lg border border-subtle bg-surface p-4 shadow-card">
              <dt className="text-sm text-muted">{t(`funnel.${step}`)}</dt>
              <dd className="text-xl font-semibold tabular-nums">{qun.funnel[step]}</dd>
            </div>
          ))}
        </dl>
        {isPending && canChange && (
          <Card title={t('tieTitle')} hint={t('tieHint')}>
            <TieRoom qun={qun} />
          </Card>
        )}
        <QunLinks qun={qun} />
        <JoinTokenCard qun={qun} />
        <Card title={t('members')} hint={t('membersHint')}>
          <MemberTable members={qun.members} />
        </Card>
      </div>
    </>
  )
}

function Note({ children }: { children: string }) {
  return <output className="block rounded-lg bg-warn-soft px-4 py-3 text-warn">{children}</output>
}
