'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { robotQuery } from '@/components/queries/queries'
import { ListFilters } from '@/components/table/list-filters'
import { useListState } from '@/components/table/use-list-state'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { MoreButton } from '@/components/ui/more-button'
import { ContactRows } from '@/components/contact/contact-rows'
import { FriendRequestList } from '@/components/contact/friend-request-list'
import { RecentContacts } from '@/components/contact/recent-contacts'
import { addressBookQuery } from '@/components/contact/contact-queries'

const noFilters: string[] = []

/** The contacts of a robot: pending friend requests and the address book, or what its connection has instead. */
export function ContactPanel({ robotId }: { robotId: string }) {
  const { data: robot } = useQuery(robotQuery(robotId))
  if (!robot) return null
  if (!robot.capabilities.friendRequests) return <RecentContacts robotId={robotId} connection={robot.connection} />
  const isOnline = robot.status === 'online'
  return (
    <div className="flex flex-col gap-6">
      <FriendRequestList robotId={robotId} isOnline={isOnline} />
      <AddressBook robotId={robotId} isOnline={isOnline} />
    </div>
  )
}

function AddressBook({ robotId, isOnline }: { robotId: string; isOnline: boolean }) {
  const t = useTranslations('contact')
  const list = useListState(noFilters)
  const book = useInfiniteQuery(addressBookQuery(robotId, list.get('q')))
  const { data, error, refetch, isPlaceholderData } = book
  // A contact whose name changed between two requests is on both pages.
  const contacts = [...new Map(data?.pages.flatMap(({ rows }) => rows).map((row) => [row.username, row])).values()]
  const count = data?.pages[0]?.contactCount ?? 0
  if (error && !data) return <ErrorState error={error} onRetry={refetch} />
  if (data && count === 0)
    return (
      <EmptyState
        title={t(isOnline ? 'emptyTitle' : 'offlineTitle')}
        action={
          !isOnline && (
            <ButtonLink variant="primary" href={`/dashboard/robots/${robotId}/session`}>
              {t('offlineAction')}
            </ButtonLink>
          )
        }
      >
        {isOnline ? t('emptyHint') : t('offlineHint')}
      </EmptyState>
    )
  return (
    <section aria-label={t('title')}>
      <div className="flex flex-wrap items-start justify-between gap-x-3">
        <div className="w-full sm:w-auto">
          <ListFilters list={list} searchLabel={t('search')} />
        </div>
        {data && <p className="mb-3 self-center text-sm text-muted">{t('count', { count })}</p>}
      </div>
      <ContactRows {...{ robotId, isOnline, contacts }} isBusy={isPlaceholderData || !data} />
      {data && contacts.length === 0 && (
        <p className="rounded-lg border border-subtle bg-surface px-4 py-10 text-center text-muted">{t('noMatch')}</p>
      )}
      <MoreButton query={book}>{t('more')}</MoreButton>
    </section>
  )
}
