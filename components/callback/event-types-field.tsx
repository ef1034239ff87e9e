'use client'

import { useTranslations } from 'use-intl'
import { callbackEventTypes } from '@/lib/db/types'

type EventType = (typeof callbackEventTypes)[number]
type Props = { chosen: string[]; onChange: (chosen: string[]) => void; isDisabled: boolean }

/** Which events an application is told of. */
export function EventTypesField({ chosen, onChange, isDisabled }: Props) {
  const t = useTranslations('endpoint')
  const toggle = (type: EventType, isChosen: boolean) =>
    onChange(callbackEventTypes.filter((each) => (each === type ? isChosen : chosen.includes(each))))
  return (
    <fieldset className="flex flex-col gap-1.5" disabled={isDisabled}>
      <legend className="mb-1.5 text-sm font-medium">{t('events')}</legend>
      {callbackEventTypes.map((type) => (
        <label key={type} className="flex items-start gap-2">
          <input
            type="checkbox"
            checked={chosen.includes(type)}
            onChange={(event) => toggle(type, event.target.checked)}
            className="mt-1 size-4 accent-accent"
          />
          <span>
            {t(`event.${type}`)} <code className="font-mono text-sm text-muted">{type}</code>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
