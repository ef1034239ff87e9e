'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { messageQuery } from '@/components/queries/queries'
import { BackLink } from '@/components/ui/back-link'
import { Card } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { CancelSend } from '@/components/message/cancel-send'
import { MessageContent } from '@/components/message/message-content'
import { MessageFacts } from '@/components/message/message-facts'
import { MessageOutcome } from '@/components/message/message-outcome'
import { MessageState } from '@/components/message/message-state'

/** All details of one message, live while it is in progress. */
export function MessageDetail({ robotId, messageId }: { robotId: string; messageId: string }) {
  const t = useTranslations('message')
  const { data: message, error, refetch } = useQuery(messageQuery(robotId, messageId))
  if (!message) return error && <ErrorState error={error} onRetry={refetch} />
  const messages = `/dashboard/robots/${robotId}/messages`
  return (
    <div className="flex max-w-[820px] flex-col gap-6">
      <BackLink href={message.roomId ? `${messages}?room=${message.roomId}` : messages}>
        {message.roomId ? t('backToRoom', { room: message.roomName ?? '' }) : t('backToAll')}
      </BackLink>
      <Card
        title={
          <span className="flex flex-wrap items-center gap-2">
            {t(`titleOf.${message.direction}`)} <MessageState message={message} />
          </span>
        }
        action={<CancelSend message={message} />}
      >
        <div className="rounded bg-sunken px-4 py-3">
          <MessageContent message={message} />
        </div>
        <MessageOutcome message={message} />
        <MessageFacts message={message} />
      </Card>
      <Link className="link w-fit" href={`/dashboard/callbacks?${new URLSearchParams({ q: message.id })}`}>
        {t('callbacksOf')}
      </Link>
    </div>
  )
}
