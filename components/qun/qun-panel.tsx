'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import { loadPart } from '@/components/ui/load-part'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { useSentenceText } from '@/components/queries/use-sentence-text'
import { useCanChange } from '@/components/shell/role-context'
import { Card } from '@/components/ui/card'
import { StateBadge } from '@/components/state/state-badge'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'
import { ArrivalFigure } from '@/components/qun/arrival-figure'
import { FunnelFigure } from '@/components/qun/funnel-figure'
import { JoinTokenCard } from '@/components/qun/join-token-card'
import { MemberList } from '@/components/qun/member-list'
import { QunBanner } from '@/components/qun/qun-banner'
import { QunActions } from '@/components/qun/qun-actions'
import { QunLinks } from '@/components/qun/qun-links'
import { qunQuery } from '@/components/qun/qun-queries'

// Only a pending group has this form, and it is heavy.
const LinkRoom = dynamic(() => loadPart(() => import('@/components/qun/link-room').then((module) => module.LinkRoom)))

/** A merchant group: status, join funnel, links, tokens, members. */
export function QunPanel({ qunId }: { qunId: string }) {
  const say = useSentenceText()
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
          <StateBadge kind="qun" state={qun.status} />
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
        <QunBanner qun={qun} />
        {qun.otherOwner && <Note>{t('otherOwner', { given: qun.ownerName, found: qun.otherOwner })}</Note>}
        {qun.isOwnerByNickname && <Note>{t('ownerByNickname', { owner: qun.ownerName })}</Note>}
        {qun.isCustomerGroup && <p className="text-muted">{t('customerGroup')}</p>}
        {qun.failure && <Note>{t('failure', { reason: say(qun.failure) ?? '—' })}</Note>}
        {isPending && canChange && (
          <Card title={t('linkRoomTitle')} hint={t('linkRoomHint')}>
            <LinkRoom qun={qun} />
          </Card>
        )}
        <div className="grid gap-6 lg:grid-cols-[1fr_2fr]">
          <FunnelFigure funnel={qun.funnel} hasContacts={!qun.isCustomerGroup} />
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
