'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { DashboardError } from '@/components/queries/call-dashboard'
import { useAction } from '@/components/queries/use-action'
import { useCanChange } from '@/components/shell/role-context'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Composer } from '@/components/inbox/composer'
import { ConversationHeader } from '@/components/inbox/conversation-header'
import { conversationQuery, inboxKey } from '@/components/inbox/inbox-queries'
import { openConversation } from '@/components/inbox/open-conversation'
import { type PendingReply, Timeline } from '@/components/inbox/timeline'

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
  if (!conversation)
    return (
      <div className="p-4">
        {error instanceof DashboardError && error.code === 'NOT_FOUND' ? (
          <EmptyState title={t('notFound')} action={<Button onClick={() => openConversation('')}>{t('back')}</Button>}>
            {null}
          </EmptyState>
        ) : (
          error && <ErrorState error={error} onRetry={refetch} />
        )}
      </div>
    )
  return (
    <>
      <ConversationHeader conversation={conversation} />
      <Timeline conversation={conversation} pending={pending} />
      <Composer conversation={conversation} onPending={setPending} />
    </>
  )
}
