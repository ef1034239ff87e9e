'use client'

import ArrowDownLeft from 'lucide-react/icons/arrow-down-left'
import ArrowUpRight from 'lucide-react/icons/arrow-up-right'
import { useTranslations } from 'use-intl'
import type { MessageView } from '@/lib/dashboard/message/list'
import { RelativeTime } from '@/components/ui/relative-time'
import { CancelSend } from '@/components/message/cancel-send'
import { MessageContent } from '@/components/message/message-content'
import { MessageOutcome } from '@/components/message/message-outcome'
import { MessageState } from '@/components/message/message-state'
import { messagePath } from '@/components/message/message-path'
import { usePlaceText } from '@/components/message/use-place-text'
import { IntentLink } from '@/components/ui/intent-link'

/** One message: direction, room, sender, content, and, of a sent message, the outcome; the time links to the message's page. */
export function MessageItem({ message }: { message: MessageView }) {
  const t = useTranslations('message')
  const placeOf = usePlaceText()
  const isOut = message.direction === 'out'
  const Arrow = isOut ? ArrowUpRight : ArrowDownLeft
  return (
    <li className="flex gap-3 border-b border-subtle px-4 py-3 last:border-0">
      <Arrow size={16} className={isOut ? 'mt-1 shrink-0 text-ok' : 'mt-1 shrink-0 text-muted'} aria-hidden />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5 text-sm text-muted">
          <span className="min-w-0 wrap-anywhere text-ink">
            {isOut ? t('direction.out') : message.senderName || t('direction.in')}
          </span>
          <span className="min-w-0 wrap-anywhere">{placeOf(message)}</span>
          <IntentLink
            data-row-link
            href={messagePath(message)}
            className="underline-offset-2 hover:text-ink hover:underline"
          >
            <RelativeTime at={message.createdAt} />
          </IntentLink>
          {isOut && <MessageState message={message} />}
        </div>
        <MessageContent message={message} />
        <MessageOutcome message={message} />
      </div>
      <CancelSend message={message} />
    </li>
  )
}
