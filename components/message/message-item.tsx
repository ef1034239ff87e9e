'use client'

import ArrowDownLeft from 'lucide-react/icons/arrow-down-left'
import ArrowUpRight from 'lucide-react/icons/arrow-up-right'
import { useTranslations } from 'use-intl'
import type { MessageView } from '@/app/api/dashboard/views/messages'
import { Badge } from '@/components/ui/badge'
import { Picture } from '@/components/ui/picture'
import { RelativeTime } from '@/components/ui/relative-time'
import { messageTones } from './message-tones'

/** One message: which way, where, who, what, and for a sent one what became of it. */
export function MessageItem({ message }: { message: MessageView }) {
  const t = useTranslations('message')
  const isOut = message.direction === 'out'
  const Arrow = isOut ? ArrowUpRight : ArrowDownLeft
  return (
    <li className="flex gap-3 border-b border-subtle px-4 py-3 last:border-0">
      <Arrow size={16} className={isOut ? 'mt-1 shrink-0 text-ok' : 'mt-1 shrink-0 text-muted'} aria-hidden />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5 text-sm text-muted">
          <span className="text-ink">{isOut ? t('direction.out') : message.senderName || t('direction.in')}</span>
          <span className="min-w-0 break-words">{message.roomName ?? message.peerUsername ?? t('privateChat')}</span>
          <RelativeTime at={message.createdAt} />
          {isOut && <Badge tone={messageTones[message.state]}>{t(`state.${message.state}`)}</Badge>}
        </div>
        <Content message={message} />
        {message.errorMessage && message.state !== 'sent' && (
          <p className="mt-1 text-sm text-bad">{message.errorMessage}</p>
        )}
      </div>
    </li>
  )
}

function Content({ message }: { message: MessageView }) {
  const t = useTranslations('message')
  if (message.imageUrl)
    return (
      <a href={message.imageUrl} target="_blank" rel="noreferrer" className="mt-1 inline-block">
        <Picture
          src={message.imageUrl}
          alt={t('type.image')}
          loading="lazy"
          className="max-h-40 max-w-full rounded border border-subtle"
        />
      </a>
    )
  if (message.fileUrl)
    return (
      <a href={message.fileUrl} className="mt-0.5 inline-block underline">
        {t('file')}
      </a>
    )
  if (message.type === 'text') return <p className="mt-0.5 break-words whitespace-pre-wrap">{message.content}</p>
  return (
    <p className="mt-0.5 break-all">
      <span className="text-muted">{t(`type.${message.type}`)}</span>{' '}
      <span className="font-mono text-sm">{message.content}</span>
    </p>
  )
}
