'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { AuditView } from '@/app/api/dashboard/views/audit'
import { columnsOf } from '@/components/table/features'
import { RelativeTime } from '@/components/ui/relative-time'
import { AuditDetail, Thing } from './audit-detail'
import { useAuditText } from './use-audit-text'

const column = columnsOf<AuditView>()

/** The columns of the audit; on a phone who and what else hang on below the action. */
export function useAuditColumns() {
  const t = useTranslations('audit')
  const { actionOf, actorOf } = useAuditText()
  return useMemo(
    () => [
      column.display({
        id: 'action',
        header: t('what'),
        meta: { className: 'align-top' },
        cell: ({ row: { original: entry } }) => (
          <div className="break-words sm:max-w-[220px]">
            <div className="font-medium">{actionOf(entry.action)}</div>
            <Thing id={entry.targetId} thing={entry.things[entry.targetId]} />
            <div className="mt-1 text-sm text-muted sm:hidden">{actorOf(entry)}</div>
            <div className="mt-1 text-sm md:hidden">
              <AuditDetail entry={entry} isBelow />
            </div>
          </div>
        ),
      }),
      column.display({
        id: 'actor',
        header: t('who'),
        meta: { className: 'hidden align-top break-all sm:table-cell' },
        cell: ({ row: { original: entry } }) => actorOf(entry),
      }),
      column.display({
        id: 'detail',
        header: t('detail'),
        meta: { className: 'hidden max-w-[420px] align-top text-sm md:table-cell' },
        cell: ({ row: { original: entry } }) => <AuditDetail entry={entry} />,
      }),
      column.display({
        id: 'from',
        header: t('from'),
        meta: { className: 'hidden align-top lg:table-cell' },
        cell: ({ row: { original: entry } }) => <span className="font-mono text-sm">{entry.peerAddress || '—'}</span>,
      }),
      column.display({
        id: 'at',
        header: t('when'),
        meta: { className: 'align-top text-muted' },
        cell: ({ row: { original: entry } }) => <RelativeTime at={entry.at} />,
      }),
    ],
    [t, actionOf, actorOf],
  )
}
