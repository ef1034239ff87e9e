'use client'

import Ellipsis from 'lucide-react/icons/ellipsis'
import Link from 'next/link'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { RobotView } from '@/app/api/dashboard/views/robots'
import { columnsOf } from '@/components/table/features'
import { Menu, MenuLink } from '@/components/ui/menu'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowActions, RowLink } from '@/components/ui/table'
import { robotName } from './robot-name'
import { RobotStatus } from './robot-status'
import { robotTabs } from './robot-tabs'

const column = columnsOf<RobotView>()

/** The columns of a table of robots. */
export function useRobotColumns() {
  const t = useTranslations('robot')
  const common = useTranslations('common')
  return useMemo(
    () => [
      column.display({
        id: 'name',
        header: t('column.name'),
        enableSorting: true,
        cell: ({ row: { original: robot } }) => (
          <>
            <RowLink href={`/dashboard/robots/${robot.id}/session`}>{robotName(robot)}</RowLink>
            {robot.nickname && <div className="font-mono text-xs text-muted">{robot.username}</div>}
          </>
        ),
      }),
      column.display({
        id: 'status',
        header: t('column.status'),
        enableSorting: true,
        cell: ({ row: { original: robot } }) => <RobotStatus robot={{ ...robot, since: null }} isDetailed />,
      }),
      column.display({
        id: 'since',
        header: t('column.since'),
        meta: { className: 'hidden text-muted sm:table-cell' },
        cell: ({ row: { original: robot } }) => (robot.since ? <RelativeTime at={robot.since} /> : '—'),
      }),
      column.display({
        id: 'application',
        header: t('column.application'),
        meta: { className: 'hidden md:table-cell' },
        cell: ({ row: { original: robot } }) => robot.applicationName,
      }),
      column.display({
        id: 'agentId',
        header: t('column.agentId'),
        meta: { className: 'hidden font-mono text-sm lg:table-cell' },
        cell: ({ row: { original: robot } }) => robot.agentId || '—',
      }),
      column.display({
        id: 'created',
        header: t('column.created'),
        enableSorting: true,
        meta: { className: 'hidden text-muted lg:table-cell' },
        cell: ({ row: { original: robot } }) => <RelativeTime at={robot.createdAt} />,
      }),
      column.display({
        id: 'actions',
        header: common('actions'),
        meta: { isHidden: true, className: 'w-12' },
        cell: ({ row: { original: robot } }) => (
          <RowActions>
            <Menu label={t('menuOf', { name: robotName(robot) })} trigger={<Ellipsis size={18} aria-hidden />}>
              {robotTabs.map((tab) => (
                <MenuLink key={tab}>
                  <Link href={`/dashboard/robots/${robot.id}/${tab}`}>{t(`tab.${tab}`)}</Link>
                </MenuLink>
              ))}
            </Menu>
          </RowActions>
        ),
      }),
    ],
    [t, common],
  )
}
