'use client'

import { useFormatter, useTranslations } from 'use-intl'

/** What a pace comes to, while it is being typed; nothing for what is no number. */
export function PaceInWords({ pace }: { pace: { ratePerMinute: number; jitterPercent: number } }) {
  const t = useTranslations('pacing')
  const format = useFormatter()
  const { ratePerMinute, jitterPercent } = pace
  if (!(ratePerMinute >= 0) || !(jitterPercent >= 0 && jitterPercent <= 100)) return null
  const secondsAt = (percent: number) =>
    format.number((60 / ratePerMinute) * (1 + percent / 100), { maximumSignificantDigits: 3 })
  const [from, to] = ratePerMinute > 0 ? [secondsAt(-jitterPercent), secondsAt(jitterPercent)] : ['0', '0']
  if (ratePerMinute === 0) return <p className="text-sm">{t('apartNone')}</p>
  return <p className="text-sm tabular-nums">{from === to ? t('apartExact', { from }) : t('apart', { from, to })}</p>
}
