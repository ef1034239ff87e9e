'use client'

import { useQueryClient } from '@tanstack/react-query'
import clsx from 'clsx'
import { useSearchParams } from 'next/navigation'
import { useEffect, useSyncExternalStore } from 'react'
import { useTranslations } from 'use-intl'
import { EmptyState } from '@/components/ui/empty-state'
import { ConversationList } from '@/components/inbox/conversation-list'
import { ConversationPane } from '@/components/inbox/conversation-pane'
import { inboxKey } from '@/components/inbox/inbox-queries'
import { followChanges, isStreamUp, subscribeToStream } from '@/components/inbox/live-stream'
import { useWaitingAlerts } from '@/components/inbox/waiting-alerts'

/** The conversations of all robots next to the open one; on a phone one after the other. */
export function Inbox() {
  const t = useTranslations('inbox')
  const client = useQueryClient()
  const openId = useSearchParams().get('c') ?? ''
  const isLive = useSyncExternalStore(subscribeToStream, isStreamUp, () => false)
  useEffect(() => followChanges(client, inboxKey), [client])
  useWaitingAlerts()
  return (
    <div className="-mx-4 -mt-6 -mb-24 flex h-[calc(100dvh-7rem-env(safe-area-inset-bottom))] overflow-hidden border-subtle bg-surface md:-mx-6 md:-mb-12 md:h-[calc(100dvh-3.5rem)] xl:border-x">
      {/* A phone shows the list or a conversation; the heading belongs to both. */}
      <h1 className="sr-only">{t('title')}</h1>
      <section
        aria-label={t('list')}
        className={clsx(
          'flex w-full min-w-0 flex-col border-r border-subtle md:w-[320px] md:shrink-0',
          openId && 'max-md:hidden',
        )}
      >
        <ConversationList openId={openId} isLive={isLive} />
      </section>
      <div className={clsx('flex min-w-0 flex-1 flex-col', !openId && 'max-md:hidden')}>
        {openId ? (
          <ConversationPane key={openId} conversationId={openId} />
        ) : (
          <div className="m-auto p-6">
            <EmptyState title={t('chooseTitle')}>{t('chooseHint')}</EmptyState>
          </div>
        )}
      </div>
    </div>
  )
}
