'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { useTranslations } from 'use-intl'
import type { RobotConnection } from '@/lib/db/types'
import { ListFilters } from '@/components/table/list-filters'
import { useListState } from '@/components/table/use-list-state'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { useNow } from '@/components/ui/use-now'
import { MoreButton } from '@/components/ui/more-button'
import { WindowText } from '@/components/message/reply-window'
import { recentContactsQuery } from '@/components/contact/contact-queries'

const noFilters: string[] = []

/** What a connection without friends has instead of an address book: the people whom the robot can write to. */
export function RecentContacts({ robotId, connection }: { robotId: string; connection: RobotConnection }) {
  const t = useTranslations('contact')
  const kind = connection === 'ilink' || connection === 'wecom_group' ? connection : 'wecom_kf'
  const action =
    kind === 'wecom_group' ? null : (
      <ButtonLink href={`/dashboard/robots/${robotId}/messages`}>{t('toMessages')}</ButtonLink>
    )
  return (
    <div className="flex flex-col gap-6">
      <EmptyState title={t(`without.${kind}.title`)} action={action}>
        {t(`without.${kind}.hint`)}
      </EmptyState>
      {kind !== 'wecom_group' && <RecentList robotId={robotId} isSearchable={kind === 'wecom_kf'} />}
    </div>
  )
}

function RecentList({ robotId, isSearchable }: { robotId: string; isSearchable: boolean }) {
  const t = useTranslations('contact')
  const nowMs = useNow()
  const list = useListState(noFilters)
  const search = isSearchable ? list.get('q') : ''
  const recent = useInfiniteQuery(recentContactsQuery(robotId, search))
  const { data, error, refetch, isPlaceholderData } = recent
  // A person who wrote between two requests is on both pages.
  const contacts = [...new Map(data?.pages.flatMap(({ rows }) => rows).map((row) => [row.id, row])).values()]
  if (error && !data) return <ErrorState error={error} onRetry={refetch} />
  if (!data || (contacts.length === 0 && !search && !isPlaceholderData)) return null
  return (
    <section aria-labelledby="recent-contacts">
      <h2 id="recent-contacts" className="mb-3 text-lg font-medium">
        {t('recent')}
      </h2>
      {isSearchable && <ListFilters list={list} searchLabel={t('searchRecent')} />}
      {contacts.length > 0 ? (
        <ul
          aria-labelledby="recent-contacts"
          aria-busy={isPlaceholderData}
          className={clsx('rounded-lg border border-subtle bg-surface shadow-card', isPlaceholderData && 'opacity-60')}
        >
          {contacts.map(({ id, nickname, isOwner, replyWindow }) => (
            <li key={id} className="border-b border-subtle px-4 py-2.5 last:border-b-0">
              <p className="wrap-anywhere">{nickname || (isOwner ? t('owner') : t('unnamed'))}</p>
              <p className="flex flex-wrap gap-x-3 text-sm text-muted">
                <span className="max-w-full truncate font-mono text-xs leading-5">{id}</span>
                {replyWindow && <WindowText window={replyWindow} nowMs={nowMs} />}
              </p>
            </li>
          ))}
        </ul>
      ) : (
        <p className="rounded-lg border border-subtle bg-surface px-4 py-10 text-center text-muted">{t('noMatch')}</p>
      )}
      <MoreButton query={recent}>{t('more')}</MoreButton>
    </section>
  )
}
