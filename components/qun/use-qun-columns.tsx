'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { QunRow } from '@/app/api/dashboard/views/quns'
import { columnsOf } from '@/components/table/features'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink } from '@/components/ui/table'
import { QunStatus } from './qun-status'

const column = columnsOf<QunRow>()

/** The columns of a table of quns. */
export function useQunColumns() {
  const t = useTranslations('qun')
  return useMemo(
    () => [
      column.display({
        id: 'name',
        header: t('column.name'),
        enableSorting: true,
        meta: { className: 'min-w-40 break-words' },
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
            <QunStatus status={qun.status} />
            {qun.failure && <div className="mt-0.5 text-xs text-warn">{t('failing')}</div>}
          </>
        ),
      }),
      column.display({
        id: 'members',
        header: t('column.members'),
        enableSorting: true,
        meta: { className: 'hidden text-right sm:table-cell' },
        cell: ({ row: { original: qun } }) => qun.memberCount,
      }),
      column.display({
        id: 'funnel',
        header: t('column.funnel'),
        meta: { className: 'hidden text-muted sm:table-cell' },
        cell: ({ row: { original: qun } }) => t('funnelShort', qun.funnel),
      }),
      column.display({
        id: 'owner',
        header: t('column.owner'),
        meta: { className: 'hidden md:table-cell' },
        cell: ({ row: { original: qun } }) => qun.ownerName,
      }),
      column.display({
        id: 'assistant',
        header: t('column.assistant'),
        meta: { className: 'hidden lg:table-cell' },
        cell: ({ row: { original: qun } }) => qun.assistant.name,
      }),
      column.display({
        id: 'created',
        header: t('column.createdAt'),
        enableSorting: true,
        meta: { className: 'hidden text-muted lg:table-cell' },
        cell: ({ row: { original: qun } }) => <RelativeTime at={qun.createdAt} />,
      }),
    ],
    [t],
  )
}
