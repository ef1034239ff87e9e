import { useFormatter, useTranslations } from 'use-intl'

type EventKey = Parameters<ReturnType<typeof useTranslations<'endpoint.event'>>>[0]

/** Writes a value of an audit entry's detail as its form would, in the viewer's language and zone. */
export function useValueText(): (name: string, value: unknown) => string {
  const t = useTranslations('audit')
  const scope = useTranslations('application.scope')
  const role = useTranslations('operator.role')
  const event = useTranslations('endpoint.event')
  const format = useFormatter()
  const write = (name: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return t('none')
    if (Array.isArray(value)) return format.list(value.map((item) => write(name, item))) || t('none')
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
    if (name === 'overlapSeconds') return writeSpan(Number(value))
    if (typeof value === 'number') return format.number(value)
    if (typeof value !== 'string') return JSON.stringify(value)
    if (value === 'admin' || value === 'viewer') return role(value)
    if (value === 'bound' || value === 'all') return scope(value)
    if (value === 'all+private') return scope('allPrivate')
    if (event.has(value as EventKey)) return event(value as EventKey)
    if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value))
      return format.dateTime(new Date(value), { dateStyle: 'medium', timeStyle: 'short' })
    return value
  }
  const writeSpan = (seconds: number) => {
    const [count, unit] =
      seconds >= 86_400
        ? ([seconds / 86_400, 'day'] as const)
        : seconds >= 3600
          ? ([seconds / 3600, 'hour'] as const)
          : ([seconds / 60, 'minute'] as const)
    return format.number(count, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 1 })
  }
  return write
}
