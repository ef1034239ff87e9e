'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { MessageView } from '@/lib/dashboard/message/list'
import { usePlaceText } from '@/components/message/use-place-text'
import { CopyIcon } from '@/components/ui/copy-icon'
import { useDurationText } from '@/components/ui/use-duration-text'

/** Sender, room, times and ids of a message. */
export function MessageFacts({ message }: { message: MessageView }) {
  const t = useTranslations('message')
  const format = useFormatter()
  const placeOf = usePlaceText()
  const durationOf = useDurationText()
  const exact = (at: string) => format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'medium' })
  const { robotId, direction, roomId, roomName, createdAt, finishedAt, deadlineAt } = message
  const isOpen = message.state === 'queued' || message.state === 'sending'
  const room = roomId && (
    <Link className="link" href={`/dashboard/robots/${robotId}/messages?room=${roomId}`}>
      {roomName}
    </Link>
  )
  const took = finishedAt && durationOf(Date.parse(finishedAt) - Date.parse(createdAt))
  const facts: [Parameters<typeof t>[0], ReactNode][] = [
    ['fact.sender', direction === 'in' && message.senderName],
    ['fact.room', room || placeOf(message)],
    [direction === 'in' ? 'fact.receivedAt' : 'fact.acceptedAt', exact(createdAt)],
    ['fact.deadlineAt', isOpen && deadlineAt && exact(deadlineAt)],
    [
      'fact.finishedAt',
      direction === 'out' && finishedAt && t('fact.finishedIn', { time: exact(finishedAt), took: took ?? '' }),
    ],
    ['fact.id', <Copyable key="id" text={message.id} />],
    ['fact.wechatId', message.wechatId && <Copyable text={message.wechatId} />],
    ['fact.idempotencyKey', message.idempotencyKey && <Copyable text={message.idempotencyKey} />],
  ]
  return (
    <dl className="mt-5 grid grid-cols-1 gap-x-6 gap-y-1 sm:grid-cols-[auto_1fr] sm:items-center sm:gap-y-2">
      {facts
        .filter(([, value]) => Boolean(value))
        .map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{t(name)}</dt>
            <dd className="min-w-0 wrap-anywhere">{value}</dd>
          </div>
        ))}
    </dl>
  )
}

function Copyable({ text }: { text: string }) {
  return (
    <span className="flex flex-wrap items-center gap-1 font-mono text-sm break-all">
      {text} <CopyIcon text={text} />
    </span>
  )
}
