'use client'

import { useFormatter, useTranslations } from 'use-intl'
import type { RetentionView } from '@/lib/dashboard/system'
import { Cell, Row, Table } from '@/components/ui/table'

const variables: Partial<Record<RetentionView['kind'], string>> = {
  callback_events: 'CALLBACK_EVENT_DAYS',
  callback_attempts: 'CALLBACK_EVENT_DAYS',
  media: 'MEDIA_DAYS',
  messages: 'MESSAGE_DAYS',
  session_changes: 'SESSION_CHANGE_DAYS',
}

/** Shows the retention, row count and size of each kind of stored rows, and the total size of the database. */
export function RetentionTable({ retention, databaseBytes }: { retention: RetentionView[]; databaseBytes: number }) {
  const t = useTranslations('system')
  const format = useFormatter()
  const megabytes = (bytes: number) =>
    format.number(bytes / 1024 ** 2, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 })
  const columns = [
    { key: 'kind', title: t('kind') },
    { key: 'days', title: t('days') },
    { key: 'variable', title: t('variable'), className: 'sm:max-md:hidden' },
    { key: 'rows', title: t('rows'), className: 'text-right' },
    { key: 'size', title: t('size'), className: 'text-right' },
  ]
  return (
    <Table caption={t('retention')} columns={columns}>
      {retention.map(({ kind, days, rowCount, sizeBytes }) => (
        <Row key={kind}>
          <Cell>{t(`kinds.${kind}`)}</Cell>
          <Cell label={t('days')} className="whitespace-nowrap">
            {days === null ? t('forever') : t('keptDays', { count: days })}
          </Cell>
          <Cell label={t('variable')} className="font-mono text-xs text-muted sm:max-md:hidden">
            {variables[kind] ?? '—'}
          </Cell>
          <Cell label={t('rows')} className="text-right">
            {rowCount === null ? '—' : format.number(rowCount)}
          </Cell>
          <Cell label={t('size')} className="text-right whitespace-nowrap">
            {megabytes(sizeBytes)}
          </Cell>
        </Row>
      ))}
      <Row>
        <Cell className="font-medium">{t('total')}</Cell>
        <Cell label={t('days')} className="max-sm:hidden!" />
        <Cell label={t('variable')} className="max-md:hidden!" />
        <Cell label={t('rows')} className="max-sm:hidden!" />
        <Cell label={t('size')} className="text-right font-medium whitespace-nowrap">
          {megabytes(databaseBytes)}
        </Cell>
      </Row>
    </Table>
  )
}
