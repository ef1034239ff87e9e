'use client'

import { useTranslations } from 'use-intl'
import type { ChangeView } from '@/lib/dashboard/robot/history'
import { RelativeTime } from '@/components/ui/relative-time'
import { useNow } from '@/components/ui/use-now'
import { useDurationText } from '@/components/ui/use-duration-text'
import { StatusIcon } from '@/components/robot/status-icon'
import { useRequesterText } from '@/components/robot/use-requester-text'

/** One status change: new status, cause, requester, time, duration. */
export function HistoryEntry({ change }: { change: ChangeView }) {
  const t = useTranslations('history')
  const requesterText = useRequesterText()
  const { state, cause, requester } = change
  const status = state === 'ended' ? 'offline' : state
  return (
    <li className="grid gap-x-6 gap-y-0.5 border-t border-subtle py-2.5 first:border-0 sm:col-span-3 sm:grid-cols-subgrid">
      <div className="min-w-0">
        <span className="font-medium">
          <StatusIcon status={status} />
        </span>
        {cause && <span className="ml-2">{t(`cause.${cause}`)}</span>}
        {requester && (
          <span className="ml-2 text-sm break-all text-muted">{t('by', { who: requesterText(requester) })}</span>
        )}
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
  const now = useNow()
  const duration = durationText((endedAt ? Date.parse(endedAt) : now) - Date.parse(at))
  return <span className="whitespace-nowrap">{t(endedAt ? 'lasted' : 'lasting', { duration })}</span>
}
