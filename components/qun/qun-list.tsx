'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'
import { SearchField } from '@/components/ui/search-field'
import { useFilter } from '@/components/ui/use-filter'
import { qunsQuery } from './qun-queries'
import { QunTable } from './qun-table'

const statuses = ['pending_owner', 'pending_room', 'open', 'full', 'paused', 'closed'] as const

export function QunList() {
  const t = useTranslations('qun')
  const { data, error, refetch } = useQuery(qunsQuery())
  const [search, setSearch] = useFilter('q')
  const [status, setStatus] = useFilter('state')
  const wanted = search.trim().toLowerCase()
  const quns = data?.filter(
    (qun) =>
      (!status || qun.status === status) &&
      [qun.name, qun.ownerName, qun.assistant.name, qun.id].some((text) => text.toLowerCase().includes(wanted)),
  )
  return (
    <>
      <PageHeader title={t('title')}>{t('intro')}</PageHeader>
      {error && !data && <ErrorState error={error} onRetry={refetch} />}
      {data?.length === 0 && <EmptyState title={t('emptyTitle')}>{t('emptyHint')}</EmptyState>}
      {(!data || data.length > 0) && !error && (
        <>
          <div className="mb-3 flex flex-wrap gap-2">
            <SearchField label={t('search')} value={search} onChange={setSearch} />
            <select
              aria-label={t('stateFilter')}
              value={status}
              onChange={(event) => setStatus(event.target.value)}
              className="field w-auto"
            >
              <option value="">{t('allStates')}</option>
              {statuses.map((value) => (
                <option key={value} value={value}>
                  {t(`status.${value}`)}
                </option>
              ))}
            </select>
          </div>
          <QunTable quns={quns} />
        </>
      )}
    </>
  )
}
