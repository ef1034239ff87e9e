'use client'

import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useCanChange } from '@/components/frame/role-context'
import { messagesQuery, robotQuery, roomsQuery } from '@/components/queries/queries'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { useFilter } from '@/components/ui/use-filter'
import { MessageItem } from './message-item'
import { SendForm } from './send-form'

/** A robot's messages as they come and go, of all rooms or one, and a form to send. */
export function MessagePanel({ robotId }: { robotId: string }) {
  const t = useTranslations('message')
  const canChange = useCanChange()
  const [roomId, setRoomId] = useFilter('room')
  const { data: robot } = useQuery(robotQuery(robotId))
  const { data: rooms = [] } = useQuery(roomsQuery(robotId))
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(
    messagesQuery(robotId, roomId || null),
  )
  const messages = [...new Map(data?.pages.flat().map((message) => [message.id, message])).values()]
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[1fr_360px]">
      {canChange && (
        <SendForm
          className="lg:order-last"
          robotId={robotId}
          isOnline={robot?.status === 'online'}
          rooms={rooms}
          roomId={roomId}
          onRoomChange={setRoomId}
        />
      )}
      <section aria-label={t('title')} className="min-w-0">
        <div className="mb-3 flex items-center gap-2">
          <select
            aria-label={t('roomFilter')}
            value={roomId}
            onChange={(event) => setRoomId(event.target.value)}
            className="field w-auto max-w-full"
          >
            <option value="">{t('allRooms')}</option>
            {rooms.map((room) => (
              <option key={room.id} value={room.id}>
                {room.name}
              </option>
            ))}
          </select>
        </div>
        {error && !data && <ErrorState error={error} onRetry={refetch} />}
        {data && messages.length === 0 && <EmptyState title={t('emptyTitle')}>{t('emptyHint')}</EmptyState>}
        {messages.length > 0 && (
          <ol aria-label={t('title')} className="rounded-lg border border-subtle bg-surface shadow-card">
            {messages.map((message) => (
              <MessageItem key={message.id} message={message} />
            ))}
          </ol>
        )}
        {hasNextPage && (
          <Button className="mt-3" isBusy={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {t('older')}
          </Button>
        )}
      </section>
    </div>
  )
}
