'use client'

import { useTranslations } from 'use-intl'
import type { WorkerView } from '@/lib/dashboard/system'
import { StateBadge } from '@/components/state/state-badge'
import { RelativeTime } from '@/components/ui/relative-time'
import { Cell, Row, Table } from '@/components/ui/table'

/** The worker processes: load and last heartbeat. */
export function WorkerTable({ workers }: { workers: WorkerView[] }) {
  const t = useTranslations('system')
  const columns = [
    { key: 'host', title: t('host') },
    { key: 'state', title: t('state') },
    { key: 'robots', title: t('robots'), className: 'text-right' },
    { key: 'sent', title: t('sent'), className: 'text-right' },
    { key: 'heartbeat', title: t('heartbeat'), className: '' },
    { key: 'started', title: t('started'), className: 'sm:max-lg:hidden' },
  ]
  if (workers.length === 0) return <p className="text-bad">{t('noWorkers')}</p>
  return (
    <Table caption={t('workers')} columns={columns}>
      {workers.map((worker) => (
        <Row key={worker.id}>
          <Cell className="sm:w-full sm:max-w-0 sm:min-w-32">
            <div className="truncate">{worker.hostname}</div>
            <div className="truncate font-mono text-xs text-muted">{worker.id}</div>
          </Cell>
          <Cell label={t('state')}>
            <StateBadge kind="worker" state={worker.isAlive ? 'alive' : 'silent'} />
          </Cell>
          <Cell label={t('robots')} className="text-right">
            {worker.robotCount}
          </Cell>
          <Cell label={t('sent')} className="text-right">
            {worker.sentLastMinute}
          </Cell>
          <Cell label={t('heartbeat')} className="text-muted">
            <RelativeTime at={worker.heartbeatAt} />
          </Cell>
          <Cell label={t('started')} className="text-muted sm:max-lg:hidden">
            <RelativeTime at={worker.startedAt} />
          </Cell>
        </Row>
      ))}
    </Table>
  )
}
