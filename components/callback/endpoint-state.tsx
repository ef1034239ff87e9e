'use client'

import { useTranslations } from 'use-intl'
import type { EndpointStanding } from '@/app/api/dashboard/views/endpoint-health'
import { Badge } from '@/components/ui/badge'

const tones = { paused: 'bad', failing: 'bad', held: 'warn', shaky: 'warn', healthy: 'ok' } as const

/** How an endpoint stands, in a word; a disabled application is told nothing at all. */
export function EndpointState({ endpoint }: { endpoint: Pick<EndpointStanding, 'state' | 'isDisabled' | 'url'> }) {
  const t = useTranslations('endpoint')
  if (endpoint.isDisabled) return <Badge tone="muted">{t('standing.disabled')}</Badge>
  if (!endpoint.url) return <Badge tone="muted">{t('standing.none')}</Badge>
  return <Badge tone={tones[endpoint.state]}>{t(`standing.${endpoint.state}`)}</Badge>
}
