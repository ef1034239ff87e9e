'use client'

import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { AuditView } from '@/lib/dashboard/audit/list'
import { columnsOf } from '@/components/table/features'
import { Nothing } from '@/components/ui/nothing'
import { RelativeTime } from '@/components/ui/relative-time'
import { AuditDetail, Thing } from '@/components/audit/audit-detail'
import { useAuditText } from '@/components/audit/use-audit-text'

const column = columnsOf<AuditView>()

/** Returns the columns of the audit table; on narrow screens the detail is below the action. */
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
          <div className="wrap-anywhere sm:max-w-[220px]">
            <div className="font-medium">{actionOf(entry.action)}</div>
            <Thing id={entry.targetId} thing={entry.things[entry.targetId]} />
            <div className="mt-1 hidden text-sm sm:max-md:block">
              <AuditDetail entry={entry} isBelow />
            </div>
          </div>
        ),
      }),
      column.display({
        id: 'actor',
        header: t('who'),
        meta: { className: 'min-w-44 align-top wrap-anywhere' },
        cell: ({ row: { original: entry } }) => actorOf(entry),
      }),
      column.display({
        id: 'detail',
        header: t('detail'),
        meta: { className: 'sm:max-md:hidden max-w-[420px] align-top text-sm' },
        cell: ({ row: { original: entry } }) => <AuditDetail entry={entry} />,
      }),
      column.display({
        id: 'from',
        header: t('from'),
        meta: { className: 'min-w-32 sm:max-lg:hidden align-top' },
        cell: ({ row: { original: entry } }) => (
          <span className="font-mono text-sm">{entry.peerAddress || <Nothing />}</span>
        ),
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
