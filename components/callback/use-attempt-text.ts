import { useTranslations } from 'use-intl'
import { useStateText } from '@/components/state/use-state-text'
import type { attemptFigures } from '@/components/callback/attempt-series'

type Key = (typeof attemptFigures)[number]['series'][number]['key']

/** Returns the name of a chart series; counts are named like attempt states. */
export function useAttemptText() {
  const t = useTranslations('endpoint')
  const stateText = useStateText()
  return (key: Key) => {
    if (key === 'deliveredCount') return stateText('attempt', 'delivered')
    if (key === 'failedCount') return stateText('attempt', 'failed')
    return t(`series.${key}`)
  }
}
