'use client'

import clsx from 'clsx'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { BubbleView } from '@/lib/dashboard/conversation/messages'
import type { SilenceReason } from '@/lib/db/types'
import { CancelSend } from '@/components/message/cancel-send'
import { MessageContent } from '@/components/message/message-content'
import { MessageOutcome } from '@/components/message/message-outcome'
import { messagePath } from '@/components/message/message-path'
import { MessageState } from '@/components/message/message-state'
import { Picture } from '@/components/ui/picture'
import { RelativeTime } from '@/components/ui/relative-time'
import type { PendingReply } from '@/components/inbox/timeline'

/** One message: received on the left, sent on the right with who or what replied, why, and its true state. */
export function Bubble({ message, isRoom }: { message: BubbleView; isRoom: boolean }) {
  const isOut = message.direction === 'out'
  return (
    <Frame isOut={isOut}>
      {!isOut && isRoom && message.senderName && (
        <span className="mb-0.5 px-1 text-xs wrap-anywhere text-muted">{message.senderName}</span>
      )}
      <Box isOut={isOut}>
        <MessageContent message={message} />
      </Box>
      <span
        className={clsx('mt-1 flex flex-wrap items-center gap-x-2 px-1 text-xs text-muted', isOut && 'justify-end')}
      >
        {isOut && <Via message={message} />}
        <Link href={messagePath(message)} className="hover:text-ink hover:underline">
          <RelativeTime at={message.createdAt} />
        </Link>
        {isOut && <MessageState message={message} />}
        <CancelSend message={message} />
      </span>
      {message.silence && <Silence reason={message.silence} />}
      <MessageOutcome message={message} />
    </Frame>
  )
}

/** A reply on its way to the server. */
export function PendingBubble({ reply: { text, imageUrl } }: { reply: PendingReply }) {
  return (
    <Frame isOut>
      <Box isOut>
        {imageUrl ? (
          <Picture src={imageUrl} alt="" className="max-h-40 max-w-full rounded" />
        ) : (
          <p className="wrap-anywhere whitespace-pre-wrap">{text}</p>
        )}
      </Box>
      <span className="mt-1 px-1 text-right text-xs text-muted">
        <MessageState message={{ state: 'queued', position: null }} />
      </span>
    </Frame>
  )
}

function Frame({ isOut, children }: { isOut: boolean; children: ReactNode }) {
  return (
    <li className={clsx('flex w-full flex-col', isOut ? 'items-end' : 'items-start')}>
      <div className={clsx('flex max-w-[85%] min-w-0 flex-col md:max-w-[70%]', isOut ? 'items-end' : 'items-start')}>
        {children}
      </div>
    </li>
  )
}

function Box({ isOut, children }: { isOut: boolean; children: ReactNode }) {
  return (
    <div
      className={clsx(
        'max-w-full rounded-lg border px-3 py-2 [overflow-wrap:anywhere] *:mt-0',
        isOut ? 'rounded-br-sm border-transparent bg-accent-soft' : 'rounded-bl-sm border-subtle bg-surface',
      )}
    >
      {children}
    </div>
  )
}

/** Why nothing replied automatically to a received message. */
function Silence({ reason }: { reason: SilenceReason }) {
  const t = useTranslations('inbox')
  const say = useTranslations('reply.log.silence')
  return <span className="px-1 text-xs text-muted">{t('noReply', { reason: say(reason) })}</span>
}

function Via({ message: { replySource, replyReason, operatorEmail } }: { message: BubbleView }) {
  const t = useTranslations('inbox.via')
  switch (replySource) {
    case 'operator':
      return operatorEmail ? t('operator', { name: operatorEmail }) : t('operatorGone')
    case 'rule':
      return replyReason?.ruleName ? t('ruleNamed', { name: replyReason.ruleName }) : t('rule')
    case 'callback':
      return t('callback')
    case 'model': {
      const articles = replyReason?.articles?.map(({ title }) => title).join(' · ')
      return articles ? t('modelWith', { articles }) : t('model')
    }
    case 'welcome':
      return t('welcome')
    case null:
      return t('api')
  }
}
