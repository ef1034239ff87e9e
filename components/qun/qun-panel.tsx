'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { useCanChange } from '@/components/frame/role-context'
import { Card } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'
import { ArrivalFigure } from './arrival-figure'
import { FunnelFigure } from './funnel-figure'
import { JoinTokenCard } from './join-token-card'
import { MemberList } from './member-list'
import { QunActions } from './qun-actions'
import { QunLinks } from './qun-links'
import { qunQuery } from './qun-queries'
import { QunStatus } from './qun-status'

// Only a pending qun has it, and its form is heavy.
const TieRoom = dynamic(() => import('./tie-room').then((module) => module.TieRoom))

/** A qun: its state, how people come in, its links and tokens, its people. */
export function QunPanel({ qunId }: { qunId: string }) {
  const t = useTranslations('qun')
  const canChange = useCanChange()
  const { data: qun, error, refetch } = useQuery(qunQuery(qunId))
  if (!qun) return error && <ErrorState error={error} onRetry={refetch} />
  const isPending = qun.status === 'pending_owner' || qun.status === 'pending_room'
  const { robotId } = qun.assistant
  return (
    <>
      <PageHeader title={qun.name} action={canChange && <QunActions qun={qun} />}>
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <QunStatus status={qun.status} />
          <span className="font-mono text-sm">{qun.number}</span>
          <span>{t('ownerIs', { owner: qun.ownerName })}</span>
          <Link className="link" href={`/dashboard/robots/${robotId}/settings`}>
            {t('assistantIs', { assistant: qun.assistant.name })}
          </Link>
          {qun.roomId && (
            <Link className="link" href={`/dashboard/robots/${robotId}/messages?room=${qun.roomId}`}>
              {t('roomMessages', { count: qun.memberCount })}
            </Link>
          )}
        </span>
      </PageHeader>
      <div className="flex flex-col gap-6">
        {qun.otherOwner && <Note>{t('otherOwner', { given: qun.ownerName, found: qun.otherOwner })}</Note>}
        {qun.failure && <Note>{t('failure', { reason: qun.failure })}</Note>}
        {isPending && canChange && (
          <Card title={t('tieTitle')} hint={t('tieHint')}>
            <TieRoom qun={qun} />
          </Card>
        )}
        <div className="grid gap-6 lg:grid-cols-[1fr_2fr]">
          <FunnelFigure funnel={qun.funnel} />
          <ArrivalFigure qunId={qunId} />
        </div>
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <QunLinks qun={qun} />
          <JoinTokenCard qun={qun} />
        </div>
        <MemberList qunId={qunId} />
      </div>
    </>
  )
}

function Note({ children }: { children: string }) {
  return <output className="block rounded-lg bg-warn-soft px-4 py-3 text-warn">{children}</output>
}
