'use client'

import Link from 'next/link'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ConversationDetail } from '@/lib/dashboard/conversation/list'
import { DashboardError } from '@/components/queries/call-dashboard'
import { useAction } from '@/components/queries/use-action'
import { useSentenceText } from '@/components/queries/use-sentence-text'
import { useCanChange } from '@/components/shell/role-context'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Composer } from '@/components/inbox/composer'
import { ConversationHeader } from '@/components/inbox/conversation-header'
import { conversationQuery, inboxKey } from '@/components/inbox/inbox-queries'
import { openConversation } from '@/components/inbox/open-conversation'
import { type PendingReply, Timeline, TimelineSkeleton } from '@/components/inbox/timeline'

/** One conversation: its header, its messages, and the reply. Marks it as read while it is visible. */
export function ConversationPane({ conversationId }: { conversationId: string }) {
  const t = useTranslations('inbox')
  const canChange = useCanChange()
  const { data: conversation, error, refetch } = useQuery(conversationQuery(conversationId))
  const [pending, setPending] = useState<PendingReply[]>([])
  const { mutate: act } = useAction({
    call: (action: 'read', send) =>
      send('POST', '/conversations/[conversationId]/state', { ids: { conversationId }, body: { action } }),
    isQuiet: true,
    refresh: [inboxKey],
  })
  const unreadCount = conversation?.unreadCount ?? 0
  const markRead = useEffectEvent(() => {
    if (canChange && !document.hidden) act('read')
  })
  // Once per number: a failure is not repeated until another message comes.
  useEffect(() => {
    if (unreadCount > 0) markRead()
  }, [unreadCount])
  if (!conversation && !error) return <PaneSkeleton />
  if (!conversation)
    return (
      <div className="p-4">
        {error instanceof DashboardError && error.code === 'NOT_FOUND' ? (
          <EmptyState title={t('notFound')} action={<Button onClick={() => openConversation('')}>{t('back')}</Button>}>
            {null}
          </EmptyState>
        ) : (
          <ErrorState error={error} onRetry={refetch} />
        )}
      </div>
    )
  return (
    <>
      <ConversationHeader conversation={conversation} />
      <RefusalNotice conversation={conversation} />
      <Timeline conversation={conversation} pending={pending} />
      <Composer conversation={conversation} onPending={setPending} />
    </>
  )
}

/** The shape of a conversation while it loads. */
function PaneSkeleton() {
  return (
    <>
      <div aria-hidden className="animate-pulse-soft flex flex-col gap-2 border-b border-subtle px-3 py-3.5 md:px-4">
        <div className="h-4 w-32 rounded bg-skeleton" />
        <div className="h-3 w-56 rounded bg-skeleton" />
      </div>
      <div className="min-h-0 flex-1 bg-ground px-3 py-4 md:px-5">
        <TimelineSkeleton />
      </div>
    </>
  )
}

/** States that WeCom refused the handover, and what to do; renders nothing otherwise. */
function RefusalNotice({ conversation: { serviceRefusal, robotId } }: { conversation: ConversationDetail }) {
  const t = useTranslations('inbox')
  const say = useSentenceText()
  if (!serviceRefusal) return null
  return (
    <output className="block border-b border-subtle bg-warn-soft px-3 py-2 text-sm text-warn md:px-4">
      {t('refused', { cause: say(serviceRefusal) ?? t('entry.unknownCause') })}{' '}
      <Link href={`/dashboard/robots/${robotId}/settings`} className="link underline">
        {t('refusedSettings')}
      </Link>
    </output>
  )
}
