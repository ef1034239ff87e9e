'use client'

import { useTranslations } from 'use-intl'
import type { ApplicationName } from '@/lib/application/list-application-names'
import type { CallbackView } from '@/app/api/dashboard/views/callbacks'
import { Badge } from '@/components/ui/badge'
import { RelativeTime } from '@/components/ui/relative-time'
import { Cell, Row, SkeletonRows, Table } from '@/components/ui/table'
import { CallbackAnswer } from './callback-answer'

const tones = { pending: 'warn', delivered: 'ok', dead: 'bad' } as const

type Props = {
  events: CallbackView[] | undefined
  applications: ApplicationName[]
  onChoose: (eventId: string) => void
  /** null = nothing can be selected. */
  selected: ReadonlySet<string> | null
  onSelect: (selected: ReadonlySet<string>) => void
}

export function CallbackTable({ events, applications, onChoose, selected, onSelect }: Props) {
  const t = useTranslations('callback')
  const nameOf = new Map(applications.map(({ id, name }) => [id, name]))
  const toggle = (eventId: string, isSelected: boolean) => {
    const ids = [...(selected ?? [])].filter((id) => id !== eventId)
    onSelect(new Set(isSelected ? [...ids, eventId] : ids))
  }
  const columns = [
    ...(selected ? [{ key: 'select', title: t('column.select'), isHidden: true, className: 'w-0 pr-0' }] : []),
    { key: 'type', title: t('column.type') },
    { key: 'state', title: t('column.state') },
    { key: 'attempts', title: t('column.attempts'), className: 'hidden text-right sm:table-cell' },
    { key: 'answer', title: t('column.answer'), className: 'hidden md:table-cell' },
    { key: 'application', title: t('column.application'), className: 'hidden sm:table-cell' },
    { key: 'createdAt', title: t('column.createdAt') },
  ]
  return (
    <Table caption={t('title')} columns={columns}>
      {!events && <SkeletonRows columns={columns} rows={6} />}
      {events?.map((event) => (
        <Row key={event.id}>
          {selected && (
            <Cell className="relative z-[1] w-0 pr-0">
              <input
                type="checkbox"
                aria-label={t('select', { id: event.id })}
                checked={selected.has(event.id)}
                onChange={({ target }) => toggle(event.id, target.checked)}
                className="block size-4 accent-accent"
              />
            </Cell>
          )}
          <Cell>
            <button
              type="button"
              onClick={() => onChoose(event.id)}
              className="text-left font-mono text-sm font-medium after:absolute after:inset-0"
            >
              {event.type}
            </button>
          </Cell>
          <Cell>
            <Badge tone={tones[event.state]}>{t(`state.${event.state}`)}</Badge>
          </Cell>
          <Cell className="hidden text-right sm:table-cell">{event.attemptCount}</Cell>
          <Cell className="hidden max-w-[280px] truncate text-muted md:table-cell">
            {event.lastAttempt ? <CallbackAnswer attempt={event.lastAttempt} /> : '—'}
          </Cell>
          <Cell className="hidden sm:table-cell">{nameOf.get(event.applicationId)}</Cell>
          <Cell className="text-muted">
            <RelativeTime at={event.createdAt} />
          </Cell>
        </Row>
      ))}
    </Table>
  )
}
