'use client'

import type { ComponentProps } from 'react'
import { useTranslations } from 'use-intl'
import { callbackEventTypes } from '@/lib/db/types'

/** Selects the subscribed events; `field` binds all checkboxes to one list. */
export function EventTypesField({ field, isDisabled }: { field: ComponentProps<'input'>; isDisabled: boolean }) {
  const t = useTranslations('endpoint')
  return (
    <fieldset disabled={isDisabled} className="w-full">
      <legend className="mb-1.5 text-sm font-medium">{t('events')}</legend>
      <div className="grid gap-x-6 gap-y-1.5 sm:grid-cols-2">
        {callbackEventTypes.map((type) => (
          <label key={type} className="flex items-start gap-2">
            <input type="checkbox" {...field} value={type} className="mt-1" />
            <span className="min-w-0">
              {t(`event.${type}`)} <code className="block font-mono text-xs text-muted">{type}</code>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
