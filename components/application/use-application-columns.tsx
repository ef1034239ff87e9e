'use client'

import Link from 'next/link'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { ApplicationView } from '@/lib/dashboard/application/list'
import { StateBadge } from '@/components/state/state-badge'
import { columnsOf } from '@/components/table/features'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink } from '@/components/ui/table'

const column = columnsOf<ApplicationView>()
const above = 'relative z-[1] hover:underline'

/** Returns the columns of the applications table; each count links to what it counts. */
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
            <RowLink href={`/dashboard/applications/${application.id}`} className="min-w-0 wrap-anywhere">
              {application.name}
            </RowLink>
            {application.isDisabled && <StateBadge kind="application" state="disabled" />}
          </div>
        ),
      }),
      column.display({
        id: 'callbackUrl',
        header: t('column.callbackUrl'),
        meta: { className: 'sm:max-lg:hidden w-[32%] max-w-0 truncate text-sm text-muted' },
        cell: ({ row: { original: application } }) =>
          application.callbackUrl ? (
            <span className="font-mono max-sm:line-clamp-2" title={application.callbackUrl}>
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
        meta: { className: 'text-right' },
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
        meta: { className: 'sm:max-md:hidden text-muted' },
        cell: ({ row: { original: application } }) => <RelativeTime at={application.createdAt} />,
      }),
    ],
    [t],
  )
}
