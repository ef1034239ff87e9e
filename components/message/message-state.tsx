'use client'

import { useTranslations } from 'use-intl'
import type { MessageView } from '@/app/api/dashboard/views/messages'
import { Badge } from '@/components/ui/badge'
import { messageTones } from './message-tones'

/** A message's state in a word, with its place while it waits. */
export function MessageState({ message: { state, place } }: { message: Pick<MessageView, 'state' | 'place'> }) {
  const t = useTranslations('message')
  return (
    <Badge tone={messageTones[state]}>
      {t(`state.${state}`)}
      {place !== null && ` · ${t('place', { place })}`}
    </Badge>
  )
}
