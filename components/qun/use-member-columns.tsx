'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { MemberView } from '@/app/api/dashboard/views/members'
import { columnsOf } from '@/components/table/features'
import { Badge, type Tone } from '@/components/ui/badge'
import { RelativeTime } from '@/components/ui/relative-time'

const tones: Record<MemberView['state'], Tone> = {
  asked: 'muted',
  known: 'warn',
  invited: 'warn',
  joined: 'ok',
  refused: 'bad',
  left: 'muted',
}

const column = columnsOf<MemberView>()

/** The columns of a table of a qun's people. */
export function useMemberColumns() {
  const t = useTranslations('qun')
  return useMemo(
    () => [
      column.display({
        id: 'name',
        header: t('column.member'),
        enableSorting: true,
        meta: { className: 'break-words' },
        cell: ({ row: { original: member } }) => (
          <>
            {member.nickname} {member.isOwner && <Badge tone="muted">{t('owner')}</Badge>}
            {member.failure && <div className="text-sm text-warn">{member.failure}</div>}
          </>
        ),
      }),
      column.display({
        id: 'state',
        header: t('column.status'),
        cell: ({ row: { original: member } }) => (
          <Badge tone={tones[member.state]}>{t(`memberState.${member.state}`)}</Badge>
        ),
      }),
      column.display({
        id: 'joined',
        header: t('column.joinedAt'),
        enableSorting: true,
        meta: { className: 'hidden text-muted sm:table-cell' },
        cell: ({ row: { original: member } }) => (member.joinedAt ? <RelativeTime at={member.joinedAt} /> : '—'),
      }),
      column.display({
        id: 'changed',
        header: t('column.changedAt'),
        enableSorting: true,
        meta: { className: 'hidden text-muted sm:table-cell' },
        cell: ({ row: { original: member } }) => <RelativeTime at={member.changedAt} />,
      }),
    ],
    [t],
  )
}
