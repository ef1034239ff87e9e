'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCanChange } from '@/components/shell/role-context'
import { messagesQuery, robotQuery, streamFilters } from '@/components/queries/queries'
import { useListState } from '@/components/table/use-list-state'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { MoreButton } from '@/components/ui/more-button'
import { RoomCombobox } from '@/components/room/room-combobox'
import { MessageFilters } from '@/components/message/message-filters'
import { MessageItem } from '@/components/message/message-item'
import { SendForm } from '@/components/message/send-form'

/** The live messages of a robot, of all rooms or one, and a form to send. */
export function MessagePanel({ robotId }: { robotId: string }) {
  const t = useTranslations('message')
  const canChange = useCanChange()
  const [isWriting, setWriting] = useState(false)
  const list = useListState(streamFilters)
  const { data: robot } = useQuery(robotQuery(robotId))
  const stream = useInfiniteQuery(messagesQuery(robotId, list.params))
  const { data, error, refetch, isPlaceholderData } = stream
  // A message that moved to the next page between two requests is on both.
  const messages = [...new Map(data?.pages.flat().map((message) => [message.id, message])).values()]
  const roomId = list.get('room')
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[1fr_340px]">
      {canChange && !isWriting && (
        <Button className="lg:hidden" onClick={() => setWriting(true)}>
          {t('sendTitle')}
        </Button>
      )}
      {canChange && (
        <SendForm
          // On narrow screens the form opens on request.
          className={clsx('lg:order-last', !isWriting && 'max-lg:hidden')}
          robotId={robotId}
          isOnline={robot?.status === 'online'}
          hasRooms={robot?.capabilities.rooms ?? true}
          roomId={roomId}
        />
      )}
      <section aria-label={t('title')} className={clsx('min-w-0', !canChange && 'lg:col-span-2')}>
        <MessageFilters list={list}>
          {robot?.capabilities.rooms !== false && (
            <RoomCombobox
              isFilter
              className="w-full sm:w-52"
              label={t('roomFilter')}
              robotId={robotId}
              value={roomId}
              onChange={(room) => list.set({ room })}
            />
          )}
        </MessageFilters>
        {[...list.get('q')].length === 1 && !list.get('since') && (
          <p className="mb-3 text-sm text-muted">{t('searchedBack', { days: 30 })}</p>
        )}
        {error && !data && <ErrorState error={error} onRetry={refetch} />}
        {!error && !data && <MessageSkeleton />}
        {data && messages.length === 0 && !list.isFiltered && (
          <EmptyState title={t('emptyTitle')}>{t('emptyHint')}</EmptyState>
        )}
        {data && messages.length === 0 && list.isFiltered && (
          <p className="rounded-lg border border-subtle bg-surface px-4 py-10 text-center text-muted">{t('noMatch')}</p>
        )}
        {messages.length > 0 && (
          <ol
            aria-label={t('title')}
            aria-busy={isPlaceholderData}
            className={clsx(
              'rounded-lg border border-subtle bg-surface shadow-card',
              isPlaceholderData && 'opacity-60',
            )}
          >
            {messages.map((message) => (
              <MessageItem key={message.id} message={message} />
            ))}
          </ol>
        )}
        <MoreButton query={stream}>{t('older')}</MoreButton>
      </section>
    </div>
  )
}

/** A placeholder with the shape of messages, while the first page loads. */
function MessageSkeleton() {
  return (
    <div aria-hidden className="rounded-lg border border-subtle bg-surface shadow-card">
      {Array.from({ length: 6 }, (_, row) => (
        <div key={row} className="flex flex-col gap-2 border-b border-subtle px-4 py-3 last:border-0">
          <div className="animate-pulse-soft h-3.5 w-48 rounded bg-skeleton" />
          <div className="animate-pulse-soft h-4 w-2/3 rounded bg-skeleton" />
        </div>
      ))}
    </div>
  )
}
