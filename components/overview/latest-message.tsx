'use client'

import ArrowDownLeft from 'lucide-react/icons/arrow-down-left'
import ArrowUpRight from 'lucide-react/icons/arrow-up-right'
import { useTranslations } from 'use-intl'
import type { LatestMessageView } from '@/lib/dashboard/overview/overview'
import { useSentenceText } from '@/components/queries/use-sentence-text'
import { robotName } from '@/components/robot/robot-name'
import { StateBadge } from '@/components/state/state-badge'
import { RelativeTime } from '@/components/ui/relative-time'
import { IntentLink } from '@/components/ui/intent-link'

/** A message in one line, linked to its robot's messages: direction, sender, content, room, and the outcome of a sent one. */
export function LatestMessage({ message }: { message: LatestMessageView }) {
  const t = useTranslations('message')
  const { direction, state, type, roomName } = message
  const failure = useSentenceText()(message.failure)
  const isOut = direction === 'out'
  const Arrow = isOut ? ArrowUpRight : ArrowDownLeft
  const robot = robotName({ nickname: message.robotNickname, username: message.robotUsername })
  const where = roomName ?? t('privateChat')
  return (
    <li>
      <IntentLink
        href={`/dashboard/robots/${message.robotId}/messages`}
        className="flex flex-wrap items-baseline gap-x-3 rounded px-2 py-1.5 hover:bg-hover sm:flex-nowrap"
      >
        <Arrow
          size={15}
          aria-hidden
          className={isOut ? 'shrink-0 self-center text-ok' : 'shrink-0 self-center text-muted'}
        />
        <span className="sr-only">{t(`direction.${direction}`)}</span>
        <span className="max-w-48 shrink-0 truncate text-sm text-muted">
          {isOut ? robot : message.senderName || where}
        </span>
        <span className="order-last min-w-0 basis-full truncate sm:order-none sm:flex-1 sm:basis-0">
          {type === 'text' ? message.excerpt : t(`type.${type}`)}
          {failure && state !== 'sent' && <span className="text-bad"> · {failure}</span>}
        </span>
        {isOut && <StateBadge kind="message" state={state} />}
        <span className="hidden max-w-48 shrink-0 truncate text-sm text-muted lg:inline">{isOut ? where : robot}</span>
        <span className="ml-auto shrink-0 text-right text-sm text-muted sm:ml-0 sm:w-24">
          <RelativeTime at={message.createdAt} />
        </span>
      </IntentLink>
    </li>
  )
}
