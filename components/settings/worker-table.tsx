'use client'

import { useTranslations } from 'use-intl'
import type { WorkerView } from '@/app/api/dashboard/views/system'
import { Badge } from '@/components/ui/badge'
import { RelativeTime } from '@/components/ui/relative-time'
import { Cell, Row, Table } from '@/components/ui/table'

/** The worker processes, how much each has to do, and whether it was heard of lately. */
export function WorkerTable({ workers }: { workers: WorkerView[] }) {
  const t = useTranslations('system')
  const columns = [
    { key: 'host', title: t('host') },
    { key: 'state', title: t('state') },
    { key: 'robots', title: t('robots'), className: 'text-right' },
    { key: 'sent', title: t('sent'), className: 'hidden text-right sm:table-cell' },
    { key: 'heartbeat', title: t('heartbeat'), className: 'hidden sm:table-cell' },
    { key: 'started', title: t('started'), className: 'hidden md:table-cell' },
  ]
  if (workers.length === 0) return <p className="text-bad">{t('noWorkers')}</p>
  return (
    <Table caption={t('workers')} columns={columns}>
      {workers.map((worker) => (
        <Row key={worker.id}>
          <Cell className="max-w-[140px] sm:max-w-none">
            <div className="truncate">{worker.hostname}</div>
            <div className="truncate font-mono text-xs text-muted">{worker.id}</div>
          </Cell>
          <Cell>
            <Badge tone={worker.isAlive ? 'ok' : 'bad'}>{t(worker.isAlive ? 'alive' : 'silent')}</Badge>
          </Cell>
          <Cell className="text-right">{worker.robotCount}</Cell>
          <Cell className="hidden text-right sm:table-cell">{worker.sentLastMinute}</Cell>
          <Cell className="hidden text-muted sm:table-cell">
            <RelativeTime at={worker.heartbeatAt} />
          </Cell>
          <Cell className="hidden text-muted md:table-cell">
            <RelativeTime at={worker.startedAt} />
          </Cell>
        </Row>
      ))}
    </Table>
  )
}
