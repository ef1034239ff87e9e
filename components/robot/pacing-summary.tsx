'use client'

import { useFormatter, useTranslations } from 'use-intl'

/** Describes the interval that results from the typed rate and jitter; renders nothing for invalid numbers. */
export function PacingSummary({ pace }: { pace: { ratePerMinute: number; jitterPercent: number } }) {
  const t = useTranslations('pacing')
  const format = useFormatter()
  const { ratePerMinute, jitterPercent } = pace
  if (!(ratePerMinute >= 0) || !(jitterPercent >= 0 && jitterPercent <= 100)) return null
  const secondsAt = (percent: number) =>
    format.number((60 / ratePerMinute) * (1 + percent / 100), { maximumSignificantDigits: 3 })
  const [from, to] = ratePerMinute > 0 ? [secondsAt(-jitterPercent), secondsAt(jitterPercent)] : ['0', '0']
  if (ratePerMinute === 0) return <p className="text-sm">{t('intervalNone')}</p>
  return (
    <p className="text-sm tabular-nums">{from === to ? t('intervalExact', { from }) : t('interval', { from, to })}</p>
  )
}
