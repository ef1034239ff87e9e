'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { QunRow } from '@/lib/dashboard/qun/list'
import { StateBadge } from '@/components/state/state-badge'
import { columnsOf } from '@/components/table/features'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink } from '@/components/ui/table'

const column = columnsOf<QunRow>()

export function useQunColumns() {
  const t = useTranslations('qun')
  return useMemo(
    () => [
      column.display({
        id: 'name',
        header: t('column.name'),
        enableSorting: true,
        meta: { className: 'min-w-40 wrap-anywhere' },
        cell: ({ row: { original: qun } }) => (
          <>
            <RowLink href={`/dashboard/quns/${qun.id}`}>{qun.name}</RowLink>
            <div className="font-mono text-xs text-muted">{qun.number}</div>
          </>
        ),
      }),
      column.display({
        id: 'status',
        header: t('column.status'),
        cell: ({ row: { original: qun } }) => (
          <>
            <StateBadge kind="qun" state={qun.status} />
            {qun.failure && <div className="mt-0.5 text-xs text-warn">{t('failing')}</div>}
          </>
        ),
      }),
      column.display({
        id: 'members',
        header: t('column.members'),
        enableSorting: true,
        meta: { className: 'text-right' },
        cell: ({ row: { original: qun } }) => qun.memberCount,
      }),
      column.display({
        id: 'funnel',
        header: t('column.funnel'),
        meta: { className: 'text-muted' },
        cell: ({ row: { original: qun } }) => t('funnelShort', qun.funnel),
      }),
      column.display({
        id: 'owner',
        header: t('column.owner'),
        meta: { className: 'sm:max-lg:hidden' },
        cell: ({ row: { original: qun } }) => qun.ownerName,
      }),
      column.display({
        id: 'assistant',
        header: t('column.assistant'),
        meta: { className: 'sm:max-xl:hidden' },
        cell: ({ row: { original: qun } }) => qun.assistant.name,
      }),
      column.display({
        id: 'created',
        header: t('column.createdAt'),
        enableSorting: true,
        meta: { className: 'sm:max-lg:hidden text-muted' },
        cell: ({ row: { original: qun } }) => <RelativeTime at={qun.createdAt} />,
      }),
    ],
    [t],
  )
}
