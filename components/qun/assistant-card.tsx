'use client'

import { useQuery } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'use-intl'
import { useCanChange } from '@/components/shell/role-context'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { AssistantForm } from '@/components/qun/assistant-form'
import { assistantQuery } from '@/components/qun/qun-queries'

/** The group assistant settings of a robot: starter contacts, QR code, and operations that WeChat is rate-limiting. */
export function AssistantCard({ robotId }: { robotId: string }) {
  const t = useTranslations('assistant')
  const format = useFormatter()
  const canChange = useCanChange()
  const { data: assistant } = useQuery(assistantQuery(robotId))
  if (!assistant) return null
  const names = assistant.companions.map(({ name }) => name).join('\n')
  return (
    <Card title={t('title')} hint={t('hint')}>
      {assistant.cooldowns.map(({ operation, until }) => (
        <p key={operation} className="mb-3 rounded bg-warn-soft px-3 py-2 text-sm text-warn">
          {t('cooldown', {
            operation: t(`operation.${operation}`),
            time: format.dateTime(new Date(until), { timeStyle: 'short' }),
          })}
        </p>
      ))}
      {assistant.companions.length > 0 && (
        <ul className="mb-4 flex flex-wrap gap-2">
          {assistant.companions.map(({ name, isFound, isByNickname }) => (
            <li key={name}>
              <Badge tone={isByNickname ? 'warn' : isFound ? 'ok' : 'muted'}>
                {isByNickname ? t('foundByNickname', { name }) : isFound ? name : t('notFoundYet', { name })}
              </Badge>
            </li>
          ))}
        </ul>
      )}
      {canChange && <AssistantForm key={names} robotId={robotId} assistant={assistant} />}
    </Card>
  )
}
