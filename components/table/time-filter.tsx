'use client'

import Clock from 'lucide-react/icons/clock'
import clsx from 'clsx'
import { Popover } from 'radix-ui'
import { useFormatter, useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import type { ListState } from '@/components/table/use-list-state'

const hourMs = 3_600_000
const presets = [
  { key: '1h', ms: hourMs },
  { key: '24h', ms: 24 * hourMs },
  { key: '7d', ms: 168 * hourMs },
] as const

/** The filters `since` and `until` of a list: the last hours or days, or a custom range. */
export function TimeFilter({ list }: { list: ListState }) {
  const t = useTranslations('table')
  const format = useFormatter()
  const [since, until] = [list.get('since'), list.get('until')]
  const write = (timestamp: string) =>
    isTimestamp(timestamp)
      ? format.dateTime(new Date(timestamp), { dateStyle: 'medium', timeStyle: 'short' })
      : timestamp
  const text = !since && !until ? t('anyTime') : since && until ? `${write(since)} – ${write(until)}` : ''
  return (
    <Popover.Root>
      <Popover.Trigger
        className={clsx(
          'field inline-flex w-auto max-w-full items-center gap-2',
          since || until ? 'border-accent' : 'text-muted',
        )}
      >
        <Clock size={14} aria-hidden className="shrink-0" />
        <span className="truncate">
          {text || (since ? t('sinceTime', { time: write(since) }) : t('untilTime', { time: write(until) }))}
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          aria-label={t('time')}
          className="animate-appear z-50 flex w-72 max-w-[calc(100vw-32px)] flex-col gap-3 rounded-lg border border-subtle bg-surface p-3 shadow-raised"
        >
          <div className="flex flex-wrap gap-1.5">
            {presets.map(({ key, ms }) => (
              <Popover.Close key={key} asChild>
                <Button onClick={() => list.set({ since: new Date(Date.now() - ms).toISOString(), until: '' })}>
                  {t(`last.${key}`)}
                </Button>
              </Popover.Close>
            ))}
          </div>
          <TimestampField label={t('since')} value={since} onChange={(timestamp) => list.set({ since: timestamp })} />
          <TimestampField label={t('until')} value={until} onChange={(timestamp) => list.set({ until: timestamp })} />
          {(since || until) && (
            <Popover.Close asChild>
              <Button variant="quiet" onClick={() => list.set({ since: '', until: '' })}>
                {t('anyTime')}
              </Button>
            </Popover.Close>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

type TimestampFieldProps = { label: string; value: string; onChange: (timestamp: string) => void }

/** A date and time field in the viewer's time zone. */
function TimestampField({ label, value, onChange }: TimestampFieldProps) {
  return (
    <TextField
      label={label}
      type="datetime-local"
      value={toLocalField(value)}
      onChange={({ target }) => onChange(target.value ? new Date(target.value).toISOString() : '')}
    />
  )
}

function isTimestamp(text: string): boolean {
  return !Number.isNaN(Date.parse(text))
}

/** Formats a timestamp for a `datetime-local` field; "": invalid. */
function toLocalField(timestamp: string): string {
  if (!isTimestamp(timestamp)) return ''
  const date = new Date(timestamp)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
