import { useTranslations } from 'use-intl'
import type { CallbackEventType } from '@/lib/db/types'

/** Returns the name of an event type in the viewer's language. */
export function useEventText(): (type: CallbackEventType) => string {
  const t = useTranslations('endpoint.event')
  const sent = useTranslations('callback.type')
  return (type) => (type === 'login' || type === 'test' || type === 'endpoint_paused' ? sent(type) : t(type))
}
