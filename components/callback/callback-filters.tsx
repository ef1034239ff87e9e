'use client'

import { useTranslations } from 'use-intl'
import type { ApplicationName } from '@/lib/application/list-application-names'
import { useFilter } from '@/components/ui/use-filter'

const states = ['pending', 'delivered', 'dead'] as const

/** Whose callbacks, and in which state; kept in the address bar. */
export function CallbackFilters({ applications }: { applications: ApplicationName[] }) {
  const t = useTranslations('callback')
  const [applicationId, setApplicationId] = useFilter('application')
  const [state, setState] = useFilter('state')
  return (
    <>
      <select
        aria-label={t('applicationFilter')}
        value={applicationId}
        onChange={(event) => setApplicationId(event.target.value)}
        className="field w-auto max-w-full"
      >
        <option value="">{t('allApplications')}</option>
        {applications.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <select
        aria-label={t('stateFilter')}
        value={state}
        onChange={(event) => setState(event.target.value)}
        className="field w-auto"
      >
        <option value="">{t('allStates')}</option>
        {states.map((value) => (
          <option key={value} value={value}>
            {t(`state.${value}`)}
          </option>
        ))}
      </select>
    </>
  )
}
