'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { LatestMessageView } from '@/lib/dashboard/overview/overview'
import { Card } from '@/components/ui/card'
import { LatestMessage } from '@/components/overview/latest-message'

/** The latest messages of all robots, and a link to all messages. */
export function LatestMessages({ messages }: { messages: LatestMessageView[] }) {
  const t = useTranslations('overview')
  const all = (
    <Link href="/dashboard/messages" className="link">
      {t('allMessages')}
    </Link>
  )
  return (
    <Card title={t('latestMessages')} action={messages.length > 0 && all}>
      {messages.length === 0 ? (
        <p className="text-muted">{t('noMessages')}</p>
      ) : (
        <ul className="-mx-2">
          {messages.map((message) => (
            <LatestMessage key={message.id} message={message} />
          ))}
        </ul>
      )}
    </Card>
  )
}
