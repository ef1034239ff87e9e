'use client'

import { useTranslations } from 'use-intl'
import type { MessageView } from '@/lib/dashboard/message/list'
import { StateBadge } from '@/components/state/state-badge'

/** The state of a message, with its position while queued. */
export function MessageState({ message: { state, position } }: { message: Pick<MessageView, 'state' | 'position'> }) {
  const t = useTranslations('message')
  return (
    <StateBadge kind="message" state={state}>
      {position !== null && ` · ${t('position', { position })}`}
    </StateBadge>
  )
}
