'use client'

import clsx from 'clsx'
import { useSearchParams } from 'next/navigation'
import { useTranslations } from 'use-intl'
import type { ConversationView } from '@/lib/dashboard/conversation/list'
import { robotName } from '@/components/robot/robot-name'
import { StateBadge } from '@/components/state/state-badge'
import { RelativeTime } from '@/components/ui/relative-time'
import { inboxHref, openConversation } from '@/components/inbox/open-conversation'

/** One conversation of the list: who, the last message, its state, and what is unread. */
export function ConversationRow({ conversation, isOpen }: { conversation: ConversationView; isOpen: boolean }) {
  const t = useTranslations('inbox')
  const search = useSearchParams().toString()
  const { id, title, roomId, state, unreadCount, lastMessageAt, waitingSince, assigneeEmail } = conversation
  return (
    <li>
      <a
        data-row-link
        href={inboxHref(search, id)}
        aria-current={isOpen || undefined}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
          event.preventDefault()
          openConversation(id)
        }}
        className={clsx(
          'block border-b border-subtle px-3 py-2.5 focus-visible:-outline-offset-2',
          isOpen ? 'bg-accent-soft' : 'hover:bg-hover',
        )}
      >
        <span className="flex items-baseline gap-2">
          <span className={clsx('min-w-0 truncate', unreadCount > 0 ? 'font-semibold' : 'font-medium')}>
            {title || t('unnamed')}
          </span>
          {roomId && <span className="shrink-0 text-xs text-muted">{t('room')}</span>}
          <span className="ml-auto shrink-0 text-xs text-muted">
            <RelativeTime at={lastMessageAt} />
          </span>
        </span>
        <span className="mt-0.5 flex items-center gap-2">
          <span className="min-w-0 flex-1 truncate text-sm text-muted">
            <Excerpt conversation={conversation} />
          </span>
          {unreadCount > 0 && (
            <span
              title={t('unread', { count: unreadCount })}
              className="shrink-0 rounded-full bg-accent px-1.5 text-xs font-medium text-on-accent tabular-nums"
            >
              <span aria-hidden>{unreadCount > 99 ? '99+' : unreadCount}</span>
              <span className="sr-only">{t('unread', { count: unreadCount })}</span>
            </span>
          )}
        </span>
        <span className="mt-1 flex min-w-0 items-center gap-2 text-xs text-muted">
          {state !== 'bot' && <StateBadge kind="conversation" state={state} />}
          {waitingSince && <RelativeTime at={waitingSince} />}
          {assigneeEmail && <span className="min-w-0 truncate">{assigneeEmail}</span>}
          <span className="ml-auto min-w-0 truncate">{robotName(conversationRobot(conversation))}</span>
        </span>
      </a>
    </li>
  )
}

function conversationRobot({ robotNickname, robotUsername }: ConversationView) {
  return { nickname: robotNickname, username: robotUsername }
}

function Excerpt({ conversation }: { conversation: ConversationView }) {
  const t = useTranslations('inbox')
  const { lastDirection, lastType, lastExcerpt } = conversation
  if (lastExcerpt === null) return t('deleted')
  const text = lastType === 'text' ? lastExcerpt : lastType === 'image' ? t('pictureExcerpt') : t('otherExcerpt')
  return (
    <>
      {lastDirection === 'out' && t('sentPrefix')}
      {text}
    </>
  )
}
