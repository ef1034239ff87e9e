'use client'

import clsx from 'clsx'
import { useTranslations } from 'use-intl'
import type { RoomView } from '@/lib/dashboard/room/list'
import { StateBadge } from '@/components/state/state-badge'
import { useStateText } from '@/components/state/use-state-text'

type Props = { room: Pick<RoomView, 'isBound' | 'bindingSource' | 'isUnreviewed'>; agentId: string | null }

/** Shows whether a room is bound, as dot and word, and by the rule or by an operator. */
export function BindingStatus({ room: { isBound, bindingSource, isUnreviewed }, agentId }: Props) {
  const t = useTranslations('room')
  const stateText = useStateText()
  const reason = bindingSource === 'operator' ? t('byHand') : isBound ? t('byRule', { agentId: agentId ?? '' }) : null
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-1.5">
      <span className={clsx('inline-flex items-center gap-1.5 whitespace-nowrap', isBound ? 'text-ok' : 'text-muted')}>
        <span aria-hidden className={clsx('size-2 rounded-full border border-current', isBound && 'bg-current')} />
        {stateText('room', isBound ? 'bound' : 'unbound')}
      </span>
      {isUnreviewed && <StateBadge kind="room" state="unreviewed" />}
      {reason && <span className="text-xs whitespace-nowrap text-muted">{reason}</span>}
    </span>
  )
}
