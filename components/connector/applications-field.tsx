import clsx from 'clsx'
import type { ComponentProps } from 'react'
import { useTranslations } from 'use-intl'
import type { ApplicationName } from '@/lib/application/list-applications'

type Props = {
  applications: ApplicationName[]
  field: ComponentProps<'input'>
  isDisabled?: boolean
  isTitled?: boolean
}

/** Selects the applications that may use a connector; `field` binds all checkboxes to one list. `isTitled`: a title is above it. */
export function ApplicationsField({ applications, field, isDisabled = false, isTitled = false }: Props) {
  const t = useTranslations('connector')
  return (
    <fieldset disabled={isDisabled} className="w-full">
      <legend className={clsx('text-sm font-medium', isTitled && 'sr-only')}>{t('applications')}</legend>
      <p className="mb-1.5 text-sm text-muted">
        {t(applications.length > 0 ? 'applicationsHint' : 'needsApplication')}
      </p>
      <div className="flex max-h-64 flex-col gap-1.5 overflow-y-auto">
        {applications.map(({ id, name }) => (
          <label key={id} className="flex min-h-6 items-center gap-2">
            <input type="checkbox" {...field} value={id} />
            <span className="min-w-0 wrap-anywhere">{name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
