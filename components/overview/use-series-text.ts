import { useTranslations } from 'use-intl'
import { useStateText } from '@/components/state/use-state-text'
import type { Series } from '@/components/overview/figures'

/** Returns the name of a series: the state that it counts, or a name of its own. */
export function useSeriesText() {
  const t = useTranslations('figures')
  const stateText = useStateText()
  return ({ key, is }: Series) => {
    if (is?.[0] === 'message') return stateText(...is)
    if (is?.[0] === 'event') return stateText(...is)
    return t(`series.${key}` as 'series.typicalDelayMs')
  }
}
