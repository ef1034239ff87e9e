'use client'

import { useId } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { OpeningHours } from '@/lib/db/types'
import { TextField } from '@/components/ui/field'

const weekdays = [1, 2, 3, 4, 5, 6, 7]
/** A Monday. */
const monday = Date.UTC(2024, 0, 1)

type Props = { value: OpeningHours | null; error: string | null; onChange: (value: OpeningHours | null) => void }

/** Edits the hours in which a rule replies; null: always. */
export function OpeningHoursField({ value, error, onChange }: Props) {
  const t = useTranslations('reply')
  const format = useFormatter()
  const id = useId()
  const start = () => ({
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    days: [1, 2, 3, 4, 5],
    from: '09:00',
    to: '18:00',
    isOutside: false,
  })
  return (
    <fieldset className="flex flex-col gap-3" aria-describedby={`${id}-error`}>
      <label className="flex items-center gap-2">
        <input
          type="checkbox"

          checked={value !== null}
          onChange={({ target }) => onChange(target.checked ? start() : null)}
        />
        {t('hours')}
      </label>
      {value && (
        <>
          <div className="flex flex-wrap gap-x-4 gap-y-2">
            {weekdays.map((day) => (
              <label key={day} className="flex items-center gap-1.5">
                <input
                  type="checkbox"

                  checked={value.days.includes(day)}
                  onChange={({ target }) => {
                    const others = value.days.filter((each) => each !== day)
                    onChange({ ...value, days: target.checked ? [...others, day].toSorted((a, b) => a - b) : others })
                  }}
                />
                {format.dateTime(monday + (day - 1) * 86_400_000, { weekday: 'short', timeZone: 'UTC' })}
              </label>
            ))}
          </div>
          <div className="grid grid-cols-2 gap-3">
            <TextField
              label={t('from')}
              type="time"
              value={value.from}
              onChange={({ target }) => onChange({ ...value, from: target.value })}
            />
            <TextField
              label={t('to')}
              type="time"
              value={value.to}
              onChange={({ target }) => onChange({ ...value, to: target.value })}
            />
          </div>
          <TextField
            label={t('timeZone')}
            value={value.timeZone}
            onChange={({ target }) => onChange({ ...value, timeZone: target.value })}
          />
          <label className="flex items-center gap-2">
            <input
              type="checkbox"

              checked={value.isOutside}
              onChange={({ target }) => onChange({ ...value, isOutside: target.checked })}
            />
            {t('outside')}
          </label>
        </>
      )}
      <p id={`${id}-error`} className="text-sm text-bad" aria-live="polite">
        {error}
      </p>
    </fieldset>
  )
}
