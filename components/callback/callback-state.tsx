'use client'

import { useTranslations } from 'use-intl'
import type { CallbackView } from '@/app/api/dashboard/views/callbacks'
import { Badge } from '@/components/ui/badge'

const tones = { pending: 'warn', delivered: 'ok', dead: 'bad' } as const

export function CallbackState({ state }: { state: CallbackView['state'] }) {
  const t = useTranslations('callback')
  return <Badge tone={tones[state]}>{t(`state.${state}`)}</Badge>
}
