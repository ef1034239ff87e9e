'use client'

import Ellipsis from 'lucide-react/icons/ellipsis'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { RobotView } from '@/app/api/dashboard/views/robots'
import { Menu, MenuLink } from '@/components/ui/menu'
import { RelativeTime } from '@/components/ui/relative-time'
import { ActionCell, Cell, Row, RowLink, SkeletonRows, Table } from '@/components/ui/table'
import { robotName } from './robot-name'
import { RobotStatus } from './robot-status'
import { robotTabs } from './robot-tabs'

/** Robots, a row each; undefined while they are read. */
export function RobotTable({ robots }: { robots: RobotView[] | undefined }) {
  const t = useTranslations('robot')
  const common = useTranslations('common')
  const columns = [
    { key: 'name', title: t('column.name') },
    { key: 'status', title: t('column.status') },
    { key: 'since', title: t('column.since'), className: 'hidden sm:table-cell' },
    { key: 'application', title: t('column.application'), className: 'hidden md:table-cell' },
    { key: 'agentId', title: t('column.agentId'), className: 'hidden lg:table-cell' },
    { key: 'menu', title: common('actions'), isHidden: true, className: 'w-12' },
  ]
  return (
    <Table caption={t('title')} columns={columns}>
      {!robots && <SkeletonRows columns={columns} />}
      {robots?.length === 0 && (
        <tr>
          <td colSpan={columns.length} className="px-4 py-8 text-center text-muted">
            {t('noMatch')}
          </td>
        </tr>
      )}
      {robots?.map((robot) => (
        <Row key={robot.id}>
          <Cell>
            <RowLink href={`/dashboard/robots/${robot.id}/session`}>{robotName(robot)}</RowLink>
            {robot.nickname && <div className="font-mono text-xs text-muted">{robot.username}</div>}
          </Cell>
          <Cell>
            <RobotStatus robot={{ ...robot, since: null }} isDetailed />
          </Cell>
          <Cell className="hidden text-muted sm:table-cell">
            {robot.since ? <RelativeTime at={robot.since} /> : '—'}
          </Cell>
          <Cell className="hidden md:table-cell">{robot.applicationName}</Cell>
          <Cell className="hidden font-mono text-sm lg:table-cell">{robot.agentId || '—'}</Cell>
          <ActionCell>
            <Menu label={t('menuOf', { name: robotName(robot) })} trigger={<Ellipsis size={18} aria-hidden />}>
              {robotTabs.map((tab) => (
                <MenuLink key={tab}>
                  <Link href={`/dashboard/robots/${robot.id}/${tab}`}>{t(`tab.${tab}`)}</Link>
                </MenuLink>
              ))}
            </Menu>
          </ActionCell>
        </Row>
      ))}
    </Table>
  )
}
