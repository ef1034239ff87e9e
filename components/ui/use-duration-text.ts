import { useFormatter } from 'use-intl'

const units = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
  { unit: 'second', seconds: 1 },
] as const

/** Formats a duration in its two largest units, a minimum of one second: 3 天 2 小时, 45 秒. */
export function useDurationText(): (durationMs: number) => string {
  const format = useFormatter()
  return (durationMs) => {
    const total = Math.max(1, Math.round(durationMs / 1000))
    const first = units.findIndex(({ seconds }) => total >= seconds)
    let rest = total
    return units
      .slice(first, first + 2)
      .flatMap(({ unit, seconds }) => {
        const amount = Math.floor(rest / seconds)
        rest %= seconds
        return amount > 0 ? format.number(amount, { style: 'unit', unit, unitDisplay: 'short' }) : []
      })
      .join(' ')
  }
}
