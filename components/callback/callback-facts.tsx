'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import type { CallbackDetail } from '@/lib/dashboard/callback/detail'
import { Card } from '@/components/ui/card'
import { RelativeTime } from '@/components/ui/relative-time'

/** The details of a callback, with links to robot, room and message. */
export function CallbackFacts({ event }: { event: CallbackDetail }) {
  const t = useTranslations('callback')
  const robot = event.robotId && `/dashboard/robots/${event.robotId}`
  return (
    <Card title={t('about')}>
      <dl className="flex flex-col gap-3">
        <Fact name={t('column.application')}>
          <Link className="link" href={`/dashboard/applications/${event.applicationId}`}>
            {event.applicationName}
          </Link>
        </Fact>
        {event.endpointId && (
          <Fact name={t('endpoint')}>
            {event.endpointName ? (
              <Link className="link wrap-anywhere" href={`/dashboard/callbacks/endpoints/${event.endpointId}`}>
                {event.endpointName}
              </Link>
            ) : (
              t('endpointRemoved')
            )}
          </Fact>
        )}
        {robot && (
          <Fact name={t('robot')}>
            <Link className="link" href={`${robot}/session`}>
              {event.robotName}
            </Link>
          </Fact>
        )}
        {robot && event.roomId && (
          <Fact name={t('room')}>
            <Link className="link wrap-anywhere" href={`${robot}/messages?room=${event.roomId}`}>
              {event.roomName || event.roomId}
            </Link>
          </Fact>
        )}
        {robot && event.messageId && (
          <Fact name={t('message')}>
            <Link className="link font-mono text-sm break-all" href={`${robot}/messages/${event.messageId}`}>
              {event.messageId}
            </Link>
          </Fact>
        )}
        <Fact name={t('column.type')}>
          <code className="font-mono text-sm">{event.type}</code>
        </Fact>
        <Fact name={t('sequence')}>
          <span className="font-mono text-sm">{event.sequence}</span>
        </Fact>
        <Fact name={t('column.createdAt')}>
          <RelativeTime at={event.createdAt} />
        </Fact>
        {event.finishedAt && (
          <Fact name={t(event.state === 'dead' ? 'failedAt' : 'deliveredAt')}>
            <RelativeTime at={event.finishedAt} />
          </Fact>
        )}
      </dl>
    </Card>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  )
}
