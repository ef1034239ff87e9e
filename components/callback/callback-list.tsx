'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { applicationsQuery, callbacksQuery } from '@/components/queries/queries'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'
import { useFilter } from '@/components/ui/use-filter'
import { CallbackSheet } from './callback-sheet'
import { CallbackTable } from './callback-table'

const states = ['pending', 'delivered', 'dead'] as const

/** The latest callbacks and, for the chosen one, its tries. */
export function CallbackList() {
  const t = useTranslations('callback')
  const [applicationId, setApplicationId] = useFilter('application')
  const [state, setState] = useFilter('state')
  const [eventId, setEventId] = useFilter('event')
  const { data: applications = [] } = useQuery(applicationsQuery())
  const {
    data: events,
    error,
    refetch,
  } = useQuery(callbacksQuery({ applicationId: applicationId || null, state: state || null }))
  const isFiltered = Boolean(applicationId || state)
  return (
    <>
      <PageHeader title={t('title')}>{t('intro')}</PageHeader>
      <div className="mb-3 flex flex-wrap gap-2">
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
      </div>
      {error && !events && <ErrorState error={error} onRetry={refetch} />}
      {events?.length === 0 && (
        <EmptyState title={isFiltered ? t('noMatch') : t('emptyTitle')}>
          {isFiltered ? t('noMatchHint') : t('emptyHint')}
        </EmptyState>
      )}
      {!(error && !events) && events?.length !== 0 && (
        <CallbackTable events={events} applications={applications} onChoose={setEventId} />
      )}
      <CallbackSheet event={events?.find(({ id }) => id === eventId)} onClose={() => setEventId('')} />
    </>
  )
}
