'use client'

import Clock from 'lucide-react/icons/clock'
import clsx from 'clsx'
import { Popover } from 'radix-ui'
import { useFormatter, useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import type { ListState } from './use-list-state'

const hourMs = 3_600_000
const spans = [
  { key: '1h', ms: hourMs },
  { key: '24h', ms: 24 * hourMs },
  { key: '7d', ms: 168 * hourMs },
] as const

/** A list's filters `since` and `until`: the last hours or days, or a span of one's own. */
export function TimeFilter({ list }: { list: ListState }) {
  const t = useTranslations('table')
  const format = useFormatter()
  const [since, until] = [list.get('since'), list.get('until')]
  const write = (moment: string) =>
    isMoment(moment) ? format.dateTime(new Date(moment), { dateStyle: 'medium', timeStyle: 'short' }) : moment
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
            {spans.map(({ key, ms }) => (
              <Popover.Close key={key} asChild>
                <Button onClick={() => list.set({ since: new Date(Date.now() - ms).toISOString(), until: '' })}>
                  {t(`last.${key}`)}
                </Button>
              </Popover.Close>
            ))}
          </div>
          <Moment label={t('since')} value={since} onChange={(moment) => list.set({ since: moment })} />
          <Moment label={t('until')} value={until} onChange={(moment) => list.set({ until: moment })} />
          {(since || until) && (
            <Popover.Close asChild>
              <Button look="quiet" onClick={() => list.set({ since: '', until: '' })}>
                {t('anyTime')}
              </Button>
            </Popover.Close>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

type MomentProps = { label: string; value: string; onChange: (moment: string) => void }

/** A moment in the viewer's own zone. */
function Moment({ label, value, onChange }: MomentProps) {
  return (
    <TextField
      label={label}
      type="datetime-local"
      value={localOf(value)}
      onChange={({ target }) => onChange(target.value ? new Date(target.value).toISOString() : '')}
    />
  )
}

function isMoment(text: string): boolean {
  return !Number.isNaN(Date.parse(text))
}

/** As a field of date and time has it. */
function localOf(moment: string): string {
  if (!isMoment(moment)) return ''
  const date = new Date(moment)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
