'use client'

import { useTranslations } from 'use-intl'
import type { CommandView } from '@/app/api/dashboard/views/pacing'
import { Badge } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { RelativeTime } from '@/components/ui/relative-time'
import { useAskerText } from './use-asker-text'

/** What a robot is asked to do beside sending, since when and by whom. */
export function PacingCommands({ commands }: { commands: CommandView[] }) {
  const t = useTranslations('pacing')
  const ofHistory = useTranslations('history')
  const askerText = useAskerText()
  return (
    <Card title={t('commandsTitle')} hint={t('commandsHint')}>
      {commands.length === 0 ? (
        <p className="text-muted">{t('commandsNone')}</p>
      ) : (
        <ul>
          {commands.map(({ id, type, state, asker, createdAt }) => (
            <li key={id} className="border-t border-subtle py-2 first:border-0">
              <div className="flex items-baseline justify-between gap-3">
                <span>{t(`command.${type}`)}</span>
                <Badge tone={state === 'running' ? 'ok' : 'muted'}>{t(`commandState.${state}`)}</Badge>
              </div>
              <div className="flex flex-wrap gap-x-2 text-sm text-muted">
                <RelativeTime at={createdAt} />
                {asker && <span className="break-all">{ofHistory('by', { who: askerText(asker) })}</span>}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
