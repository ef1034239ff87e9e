'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import type { ConversationDetail } from '@/lib/dashboard/conversation/list'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Bubble, PendingBubble } from '@/components/inbox/bubble'
import { EntryLine } from '@/components/inbox/entry-line'
import { conversationMessagesQuery } from '@/components/inbox/inbox-queries'
import { orderTimeline } from '@/components/inbox/order-timeline'

/** A reply that the server has not accepted yet. */
export type PendingReply = { key: string; text: string; imageUrl: string | null }

/** How near to its end a timeline follows new messages. */
const followPx = 120

/** The messages, notes and changes of a conversation in the order of time; it opens at the end, and older pages load on request. */
export function Timeline({ conversation, pending }: { conversation: ConversationDetail; pending: PendingReply[] }) {
  const t = useTranslations('inbox')
  const query = useInfiniteQuery(conversationMessagesQuery(conversation.id))
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = query
  const messages = [...new Map(data?.pages.flatMap((page) => page.messages).map((one) => [one.id, one])).values()]
  const entries = [...new Map(data?.pages.flatMap((page) => page.entries).map((one) => [one.id, one])).values()]
  const items = orderTimeline(messages, entries)
  const box = useRef<HTMLElement>(null)
  const list = useRef<HTMLOListElement>(null)
  const isFollowing = useRef(true)
  useLayoutEffect(() => {
    const element = box.current
    if (element && (isFollowing.current || pending.length > 0)) element.scrollTop = element.scrollHeight
  })
  // A picture that loads and a reply that grows change the height without a render of this component.
  useEffect(() => {
    const element = box.current
    if (!element || !list.current) return
    const observer = new ResizeObserver(() => {
      if (isFollowing.current) element.scrollTop = element.scrollHeight
    })
    observer.observe(element)
    observer.observe(list.current)
    return () => observer.disconnect()
  }, [])
  return (
    <section
      ref={box}
      aria-label={t('messages')}
      tabIndex={0}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        isFollowing.current = scrollHeight - scrollTop - clientHeight < followPx
      }}
      className="relative min-h-0 flex-1 overflow-y-auto bg-ground px-3 py-4 focus-visible:-outline-offset-2 md:px-5"
    >
      {error && !data && <ErrorState error={error} onRetry={refetch} />}
      {!error && !data && <TimelineSkeleton />}
      {hasNextPage && (
        <div className="mb-4 text-center">
          <Button isBusy={isFetchingNextPage} onClick={() => fetchNextPage()}>
            {t('older')}
          </Button>
        </div>
      )}
      <ol ref={list} aria-live="polite" aria-relevant="additions" className="flex flex-col gap-3">
        {items.map((item) =>
          item.kind === 'message' ? (
            <Bubble key={item.message.id} message={item.message} isRoom={conversation.roomId !== null} />
          ) : (
            <EntryLine key={`entry ${item.entry.id}`} entry={item.entry} />
          ),
        )}
        {pending.map((reply) => (
          <PendingBubble key={reply.key} reply={reply} />
        ))}
      </ol>
    </section>
  )
}

/** The shape of messages while they load. */
export function TimelineSkeleton() {
  return (
    <div aria-hidden className="animate-pulse-soft flex flex-col gap-4">
      <div className="h-12 w-1/2 rounded-lg bg-skeleton" />
      <div className="h-12 w-2/5 self-end rounded-lg bg-skeleton" />
      <div className="h-12 w-1/3 rounded-lg bg-skeleton" />
    </div>
  )
}
