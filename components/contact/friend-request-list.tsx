'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useCanChange } from '@/components/shell/role-context'
import { useAction } from '@/components/queries/use-action'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { RelativeTime } from '@/components/ui/relative-time'
import { MoreButton } from '@/components/ui/more-button'
import { addressBookQuery, friendRequestsQuery } from '@/components/contact/contact-queries'

type Decision = { requestId: string; isAccepted: boolean }

/** The pending friend requests of a robot with their greetings, each to accept or refuse; nothing without one. */
export function FriendRequestList({ robotId, isOnline }: { robotId: string; isOnline: boolean }) {
  const t = useTranslations('contact')
  const canChange = useCanChange()
  const query = useInfiniteQuery(friendRequestsQuery(robotId))
  const { data } = query
  const decide = useAction<Decision>({
    call: ({ requestId, isAccepted }, send) =>
      send('POST', '/robots/[robotId]/friend-requests/[requestId]', {
        ids: { robotId, requestId },
        body: { isAccepted },
      }),
    done: t('decided'),
    refresh: [friendRequestsQuery(robotId).queryKey, addressBookQuery(robotId).queryKey],
  })
  const requests = data?.pages.flatMap(({ rows }) => rows) ?? []
  if (requests.length === 0) return null
  const running = decide.isPending ? decide.variables : null
  return (
    <Card title={t('requests')} hint={t('requestsHint')}>
      <ul className="flex flex-col gap-4">
        {requests.map(({ id, nickname, greeting, requestedAt }) => {
          const name = nickname || t('unnamed')
          const button = (isAccepted: boolean) => ({
            disabled: !isOnline || running?.requestId === id,
            isBusy: running?.requestId === id && running.isAccepted === isAccepted,
            title: isOnline ? undefined : t('needsOnline'),
            'aria-label': t(isAccepted ? 'acceptOf' : 'refuseOf', { name }),
            onClick: () => decide.mutate({ requestId: id, isAccepted }),
          })
          return (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
              <div className="min-w-0 flex-1 basis-56">
                <p className="flex flex-wrap items-baseline gap-x-3">
                  <span className="wrap-anywhere">{name}</span>
                  <span className="text-sm text-muted">
                    <RelativeTime at={requestedAt} />
                  </span>
                </p>
                <p className="text-sm wrap-anywhere text-muted">{greeting || t('noGreeting')}</p>
              </div>
              {canChange && (
                <div className="flex gap-2">
                  <Button variant="primary" {...button(true)}>
                    {t('accept')}
                  </Button>
                  <Button {...button(false)}>{t('refuse')}</Button>
                </div>
              )}
            </li>
          )
        })}
      </ul>
      <MoreButton query={query} className="mt-4 w-full">
        {t('moreRequests')}
      </MoreButton>
    </Card>
  )
}
