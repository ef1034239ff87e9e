'use client'

import clsx from 'clsx'
import { useTranslations } from 'use-intl'
import type { RoomView } from '@/app/api/dashboard/views/rooms'

type Props = { room: Pick<RoomView, 'isBound' | 'bindingSource'>; agentId: string | null }

/** Whether a room is bound, as dot and word, and by what. */
export function BindingMark({ room: { isBound, bindingSource }, agentId }: Props) {
  const t = useTranslations('room')
  const why = bindingSource === 'operator' ? t('byHand') : isBound ? t('byRule', { agentId: agentId ?? '' }) : null
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-1.5">
      <span className={clsx('inline-flex items-center gap-1.5 whitespace-nowrap', isBound ? 'text-ok' : 'text-muted')}>
        <span aria-hidden className={clsx('size-2 rounded-full border border-current', isBound && 'bg-current')} />
        {isBound ? t('kind.bound') : t('kind.unbound')}
      </span>
      {why && <span className="text-xs whitespace-nowrap text-muted">{why}</span>}
    </span>
  )
}
