'use client'

import { useTranslations } from 'use-intl'
import type { CommandView } from '@/lib/dashboard/robot/pacing'
import { StateBadge } from '@/components/state/state-badge'
import { Card } from '@/components/ui/card'
import { RelativeTime } from '@/components/ui/relative-time'
import { useRequesterText } from '@/components/robot/use-requester-text'

/** The pending commands of a robot, with their age and requester. */
export function PacingCommands({ commands }: { commands: CommandView[] }) {
  const t = useTranslations('pacing')
  const ofHistory = useTranslations('history')
  const requesterText = useRequesterText()
  return (
    <Card title={t('commandsTitle')} hint={t('commandsHint')}>
      {commands.length === 0 ? (
        <p className="text-muted">{t('commandsNone')}</p>
      ) : (
        <ul>
          {commands.map(({ id, type, state, requester, createdAt }) => (
            <li key={id} className="border-t border-subtle py-2 first:border-0">
              <div className="flex items-baseline justify-between gap-3">
                <span>{t(`command.${type}`)}</span>
                <StateBadge kind="command" state={state} />
              </div>
              <div className="flex flex-wrap gap-x-2 text-sm text-muted">
                <RelativeTime at={createdAt} />
                {requester && <span className="break-all">{ofHistory('by', { who: requesterText(requester) })}</span>}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
