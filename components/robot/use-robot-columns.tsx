'use client'

import Ellipsis from 'lucide-react/icons/ellipsis'
import Link from 'next/link'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import type { RobotView } from '@/lib/dashboard/robot/list'
import { columnsOf } from '@/components/table/features'
import { Menu, MenuLink } from '@/components/ui/menu'
import { Nothing } from '@/components/ui/nothing'
import { RelativeTime } from '@/components/ui/relative-time'
import { RowLink } from '@/components/ui/table'
import { robotName } from '@/components/robot/robot-name'
import { RobotStatus } from '@/components/robot/robot-status'
import { tabsOf } from '@/components/robot/robot-tabs'

const column = columnsOf<RobotView>()

export function useRobotColumns() {
  const t = useTranslations('robot')
  const common = useTranslations('common')
  const connection = useTranslations('connection')
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
        meta: { className: 'text-muted' },
        cell: ({ row: { original: robot } }) => (robot.since ? <RelativeTime at={robot.since} /> : <Nothing />),
      }),
      column.display({
        id: 'connection',
        header: t('column.connection'),
        meta: { className: 'sm:max-lg:hidden' },
        cell: ({ row: { original: robot } }) => connection(`name.${robot.connection}`),
      }),
      column.display({
        id: 'application',
        header: t('column.application'),
        meta: { className: 'sm:max-md:hidden' },
        cell: ({ row: { original: robot } }) => robot.applicationName,
      }),
      column.display({
        id: 'agentId',
        header: t('column.agentId'),
        meta: { className: 'sm:max-lg:hidden font-mono text-sm' },
        cell: ({ row: { original: robot } }) => robot.agentId || <Nothing />,
      }),
      column.display({
        id: 'created',
        header: t('column.created'),
        enableSorting: true,
        meta: { className: 'sm:max-lg:hidden text-muted' },
        cell: ({ row: { original: robot } }) => <RelativeTime at={robot.createdAt} />,
      }),
      column.display({
        id: 'actions',
        header: common('actions'),
        meta: { isHidden: true, className: 'w-12' },
        cell: ({ row: { original: robot } }) => (
          <Menu label={t('menuOf', { name: robotName(robot) })} trigger={<Ellipsis size={18} aria-hidden />}>
            {tabsOf(robot).map((tab) => (
              <MenuLink key={tab}>
                <Link href={`/dashboard/robots/${robot.id}/${tab}`}>{t(`tab.${tab}`)}</Link>
              </MenuLink>
            ))}
          </Menu>
        ),
      }),
    ],
    [t, common, connection],
  )
}
