'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { Failure } from '@/lib/i18n/read-sentence'
import { useSentenceText } from '@/components/queries/use-sentence-text'
import type { MemberView } from '@/lib/dashboard/qun/members'
import { StateBadge } from '@/components/state/state-badge'
import { columnsOf } from '@/components/table/features'
import { MemberDecision } from '@/components/qun/member-decision'
import { Badge } from '@/components/ui/badge'
import { Nothing } from '@/components/ui/nothing'
import { RelativeTime } from '@/components/ui/relative-time'

const column = columnsOf<MemberView>()

export function useMemberColumns(qunId: string) {
  const t = useTranslations('qun')
  return useMemo(
    () => [
      column.display({
        id: 'name',
        header: t('column.member'),
        enableSorting: true,
        meta: { className: 'wrap-anywhere' },
        cell: ({ row: { original: member } }) => (
          <>
            {member.nickname} {member.isOwner && <Badge tone="muted">{t('owner')}</Badge>}
            {member.identifiedBy && (
              <div className="text-sm text-muted">{t(`identifiedBy.${member.identifiedBy}`)}</div>
            )}
            {member.failure && <FailureLine failure={member.failure} />}
            <MemberDecision qunId={qunId} member={member} />
          </>
        ),
      }),
      column.display({
        id: 'state',
        header: t('column.status'),
        cell: ({ row: { original: member } }) => <StateBadge kind="membership" state={member.state} />,
      }),
      column.display({
        id: 'joined',
        header: t('column.joinedAt'),
        enableSorting: true,
        meta: { className: 'text-muted' },
        cell: ({ row: { original: member } }) =>
          member.joinedAt ? <RelativeTime at={member.joinedAt} /> : <Nothing />,
      }),
      column.display({
        id: 'changed',
        header: t('column.changedAt'),
        enableSorting: true,
        meta: { className: 'text-muted' },
        cell: ({ row: { original: member } }) => <RelativeTime at={member.changedAt} />,
      }),
    ],
    [t, qunId],
  )
}

function FailureLine({ failure }: { failure: Failure }) {
  const say = useSentenceText()
  return <div className="text-sm text-warn">{say(failure)}</div>
}
