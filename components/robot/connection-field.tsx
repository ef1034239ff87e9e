'use client'

import clsx from 'clsx'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import type { ConnectionChoices } from '@/lib/dashboard/robot/connections'
import type { ChosenConnection } from '@/lib/db/types'

type Props = {
  options: ConnectionChoices
  value: ChosenConnection | null
  onChange: (connection: ChosenConnection) => void
  error: string | null
}

/** Selects how a new robot reaches WeChat. A connection that this installation refuses is disabled and says why. */
export function ConnectionField({ options, value, onChange, error }: Props) {
  const t = useTranslations('connection')
  const id = useId()
  return (
    <fieldset className="flex flex-col gap-2" aria-describedby={`${id}-note`}>
      <legend className="mb-1.5 text-sm font-medium">{t('title')}</legend>
      {options.choices.map(({ connection, isUsable }) => (
        <div
          key={connection}
          className={clsx(
            'rounded-lg border p-3',
            value === connection ? 'border-accent bg-accent-soft' : 'border-subtle',
          )}
        >
          <label className="flex min-h-6 cursor-pointer items-center gap-2 font-medium">
            <input
              type="radio"
              name={id}
              value={connection}

              checked={value === connection}
              disabled={!isUsable}
              aria-describedby={`${id}-${connection}`}
              onChange={() => onChange(connection)}
            />
            {t(`name.${connection}`)}
          </label>
          <p id={`${id}-${connection}`} className="mt-1 text-sm">
            {isUsable ? t(`about.${connection}`) : t('webRefused')}
          </p>
        </div>
      ))}
      <div id={`${id}-note`} className={clsx('text-sm', error ? 'text-bad' : 'text-muted')} aria-live="polite">
        {error || t('fixed')}
      </div>
    </fieldset>
  )
}
