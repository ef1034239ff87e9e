'use client'

import { useTranslations } from 'use-intl'
import type { QunRow } from '@/app/api/dashboard/views/quns'
import { RelativeTime } from '@/components/ui/relative-time'
import { Cell, Row, RowLink, SkeletonRows, Table } from '@/components/ui/table'
import { QunStatus } from './qun-status'

/** Quns, a row each; undefined while they are read. */
export function QunTable({ quns }: { quns: QunRow[] | undefined }) {
  const t = useTranslations('qun')
  const columns = [
    { key: 'name', title: t('column.name') },
    { key: 'status', title: t('column.status') },
    { key: 'funnel', title: t('column.funnel'), className: 'hidden sm:table-cell' },
    { key: 'owner', title: t('column.owner'), className: 'hidden md:table-cell' },
    { key: 'assistant', title: t('column.assistant'), className: 'hidden lg:table-cell' },
    { key: 'createdAt', title: t('column.createdAt'), className: 'hidden lg:table-cell' },
  ]
  return (
    <Table caption={t('title')} columns={columns}>
      {!quns && <SkeletonRows columns={columns} />}
      {quns?.length === 0 && (
        <tr>
          <td colSpan={columns.length} className="px-4 py-8 text-center text-muted">
            {t('noMatch')}
          </td>
        </tr>
      )}
      {quns?.map((qun) => (
        <Row key={qun.id}>
          <Cell className="break-words">
            <RowLink href={`/dashboard/quns/${qun.id}`}>{qun.name}</RowLink>
          </Cell>
          <Cell>
            <QunStatus status={qun.status} />
          </Cell>
          <Cell className="hidden text-muted sm:table-cell">{t('funnelShort', qun.funnel)}</Cell>
          <Cell className="hidden md:table-cell">{qun.ownerName}</Cell>
          <Cell className="hidden lg:table-cell">{qun.assistant.name}</Cell>
          <Cell className="hidden text-muted lg:table-cell">
            <RelativeTime at={qun.createdAt} />
          </Cell>
        </Row>
      ))}
    </Table>
  )
}
