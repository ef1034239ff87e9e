'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import type { AuditKinds } from '@/app/api/dashboard/views/audit'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { useFilter } from '@/components/ui/use-filter'
import { auditQuery } from './audit-query'
import { AuditTable } from './audit-table'
import { useAuditText } from './use-audit-text'

/** Every change: who, what, from where; by actor and kind. */
export function AuditList({ kinds }: { kinds: AuditKinds }) {
  const t = useTranslations('audit')
  const { actorOf, actionOf } = useAuditText()
  const [actor, setActor] = useFilter('actor')
  const [action, setAction] = useFilter('action')
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    auditQuery({ actor, action }),
  )
  const entries = data?.pages.flat()
  return (
    <>
      <div className="mb-3 flex flex-wrap gap-2">
        <select
          aria-label={t('actorFilter')}
          value={actor}
          onChange={(event) => setActor(event.target.value)}
          className="field w-auto max-w-full"
        >
          <option value="">{t('everybody')}</option>
          {kinds.actors.map((one) => (
            <option key={one.actor} value={one.actor}>
              {actorOf(one)}
            </option>
          ))}
        </select>
        <select
          aria-label={t('actionFilter')}
          value={action}
          onChange={(event) => setAction(event.target.value)}
          className="field w-auto max-w-full"
        >
          <option value="">{t('everything')}</option>
          {kinds.actions.map((name) => (
            <option key={name} value={name}>
              {actionOf(name)}
            </option>
          ))}
        </select>
      </div>
      {error && !entries && <ErrorState error={error} onRetry={refetch} />}
      {entries?.length === 0 && (
        <EmptyState title={t(actor || action ? 'noMatch' : 'emptyTitle')}>{t('emptyHint')}</EmptyState>
      )}
      {!(error && !entries) && entries?.length !== 0 && <AuditTable entries={entries} />}
      {hasNextPage && (
        <div className="mt-4 flex justify-center">
          <Button isBusy={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {t('older')}
          </Button>
        </div>
      )}
    </>
  )
}
