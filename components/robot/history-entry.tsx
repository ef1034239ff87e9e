'use client'

import { useTranslations } from 'use-intl'
import type { ChangeView } from '@/app/api/dashboard/views/history'
import { RelativeTime } from '@/components/ui/relative-time'
import { useClock } from '@/components/ui/use-clock'
import { useDurationText } from '@/components/ui/use-duration-text'
import { StateMark } from './state-mark'
import { statusLooks } from './robot-status'
import { useAskerText } from './use-asker-text'

const statusOf = {
  starting: 'waiting_scan',
  waiting_scan: 'waiting_scan',
  waiting_confirm: 'waiting_confirm',
  online: 'online',
  reconnecting: 'reconnecting',
  ended: 'offline',
} as const

/** One change of a robot's state: into what, why, by whom, when, and how long it lasted. */
export function HistoryEntry({ change }: { change: ChangeView }) {
  const t = useTranslations('history')
  const ofRobot = useTranslations('robot')
  const askerText = useAskerText()
  const { state, cause, asker } = change
  const status = statusOf[state]
  return (
    <li className="grid gap-x-6 gap-y-0.5 border-t border-subtle py-2.5 first:border-0 sm:col-span-3 sm:grid-cols-subgrid">
      <div className="min-w-0">
        <span className="inline-flex items-center gap-1.5 font-medium whitespace-nowrap">
          <span className={statusLooks[status]}>
            <StateMark status={status} />
          </span>
          {state === 'starting' ? t('state.starting') : ofRobot(`status.${status}`)}
        </span>
        {cause && <span className="ml-2">{t(`cause.${cause}`)}</span>}
        {asker && <span className="ml-2 text-sm break-all text-muted">{t('by', { who: askerText(asker) })}</span>}
      </div>
      <div className="flex gap-x-2 text-sm text-muted tabular-nums sm:contents">
        <RelativeTime at={change.at} />
        {(change.endedAt || status !== 'offline') && <Duration change={change} />}
      </div>
    </li>
  )
}

function Duration({ change: { at, endedAt } }: { change: ChangeView }) {
  const t = useTranslations('history')
  const durationText = useDurationText()
  const now = useClock()
  const duration = durationText((endedAt ? Date.parse(endedAt) : now) - Date.parse(at))
  return <span className="whitespace-nowrap">{t(endedAt ? 'lasted' : 'lasting', { duration })}</span>
}
