'use client'

import Link from 'next/link'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { ApplicationView } from '@/app/api/dashboard/views/applications'
import { columnsOf } from '@/components/table/features'
import { Badge } from '@/components/ui/badge'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink } from '@/components/ui/table'

const column = columnsOf<ApplicationView>()
const above = 'relative z-[1] hover:underline'

/** The columns of a table of applications; each count leads to what it counts. */
export function useApplicationColumns() {
  const t = useTranslations('application')
  return useMemo(
    () => [
      column.display({
        id: 'name',
        header: t('column.name'),
        enableSorting: true,
        cell: ({ row: { original: application } }) => (
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <RowLink href={`/dashboard/applications/${application.id}`} className="min-w-0 break-words">
              {application.name}
            </RowLink>
            {application.isDisabled && <Badge tone="warn">{t('disabled')}</Badge>}
          </div>
        ),
      }),
      column.display({
        id: 'callbackUrl',
        header: t('column.callbackUrl'),
        meta: { className: 'hidden max-w-[320px] truncate text-sm text-muted lg:table-cell' },
        cell: ({ row: { original: application } }) =>
          application.callbackUrl ? (
            <span className="font-mono" title={application.callbackUrl}>
              {application.callbackUrl}
            </span>
          ) : (
            t('noCallbackUrl')
          ),
      }),
      column.display({
        id: 'robots',
        header: t('column.robots'),
        enableSorting: true,
        meta: { className: 'text-right' },
        cell: ({ row: { original: application } }) => (
          <Link className={above} href={`/dashboard/applications/${application.id}/robots`}>
            {application.robotCount}
          </Link>
        ),
      }),
      column.display({
        id: 'tokens',
        header: t('column.tokens'),
        enableSorting: true,
        meta: { className: 'hidden text-right sm:table-cell' },
        cell: ({ row: { original: application } }) => (
          <Link className={above} href={`/dashboard/applications/${application.id}/tokens`}>
            {application.tokenCount}
          </Link>
        ),
      }),
      column.display({
        id: 'created',
        header: t('column.createdAt'),
        enableSorting: true,
        meta: { className: 'hidden text-muted md:table-cell' },
        cell: ({ row: { original: application } }) => <RelativeTime at={application.createdAt} />,
      }),
    ],
    [t],
  )
}
