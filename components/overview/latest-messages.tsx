'use client'

import Link from 'next/link'
import { useTranslations } from 'use-intl'
import type { MessageView } from '@/app/api/dashboard/views/messages'
import type { RobotView } from '@/app/api/dashboard/views/robots'
import { robotName } from '@/components/robot/robot-name'
import { Card } from '@/components/ui/card'
import { RelativeTime } from '@/components/ui/relative-time'

type Props = { messages: MessageView[]; robots: RobotView[] }

export function LatestMessages({ messages, robots }: Props) {
  const t = useTranslations('overview')
  const m = useTranslations('message')
  const nameOf = new Map(robots.map((robot) => [robot.id, robotName(robot)]))
  return (
    <Card title={t('latestMessages')}>
      {messages.length === 0 ? (
        <p className="text-muted">{t('noMessages')}</p>
      ) : (
        <ul className="-mx-2">
          {messages.map((message) => (
            <li key={message.id}>
              <Link
                href={`/dashboard/robots/${message.robotId}/messages`}
                className="flex items-baseline gap-3 rounded px-2 py-1.5 hover:bg-hover"
              >
                <span className="shrink-0 text-sm text-muted">{m(`direction.${message.direction}`)}</span>
                <span className="min-w-0 flex-1 truncate">
                  <span className="text-muted">
                    {message.senderName || nameOf.get(message.robotId)}
                    {message.roomName && ` @ ${message.roomName}`}：
                  </span>
                  {message.type === 'text' ? message.content : m(`type.${message.type}`)}
                </span>
                <span className="shrink-0 text-sm text-muted">
                  <RelativeTime at={message.createdAt} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
