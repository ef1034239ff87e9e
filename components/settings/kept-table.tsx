'use client'

import { useFormatter, useTranslations } from 'use-intl'
import type { KeptView } from '@/app/api/dashboard/views/system'
import { Cell, Row, Table } from '@/components/ui/table'

const variables: Partial<Record<KeptView['kind'], string>> = {
  callback_events: 'CALLBACK_EVENT_DAYS',
  callback_attempts: 'CALLBACK_EVENT_DAYS',
  media: 'MEDIA_DAYS',
  session_changes: 'SESSION_CHANGE_DAYS',
}

/** The kinds of rows that grow: how long each is kept, how many there are, how much room they take. */
export function KeptTable({ kept, databaseBytes }: { kept: KeptView[]; databaseBytes: number }) {
  const t = useTranslations('system')
  const format = useFormatter()
  const megabytes = (bytes: number) =>
    format.number(bytes / 1024 ** 2, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 })
  const columns = [
    { key: 'kind', title: t('kind') },
    { key: 'days', title: t('days') },
    { key: 'variable', title: t('variable'), className: 'hidden md:table-cell' },
    { key: 'rows', title: t('rows'), className: 'hidden text-right sm:table-cell' },
    { key: 'size', title: t('size'), className: 'text-right' },
  ]
  return (
    <Table caption={t('kept')} columns={columns}>
      {kept.map(({ kind, days, rowCount, sizeBytes }) => (
        <Row key={kind}>
          <Cell>{t(`kinds.${kind}`)}</Cell>
          <Cell className="whitespace-nowrap">{days === null ? t('forever') : t('keptDays', { count: days })}</Cell>
          <Cell className="hidden font-mono text-xs text-muted md:table-cell">{variables[kind] ?? '—'}</Cell>
          <Cell className="hidden text-right sm:table-cell">{rowCount === null ? '—' : format.number(rowCount)}</Cell>
          <Cell className="text-right whitespace-nowrap">{megabytes(sizeBytes)}</Cell>
        </Row>
      ))}
      <Row>
        <Cell className="font-medium">{t('total')}</Cell>
        <Cell />
        <Cell className="hidden md:table-cell" />
        <Cell className="hidden sm:table-cell" />
        <Cell className="text-right font-medium whitespace-nowrap">{megabytes(databaseBytes)}</Cell>
      </Row>
    </Table>
  )
}
