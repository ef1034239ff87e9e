import { useFormatter, useTranslations } from 'use-intl'
import type { AlertChannelType, AlertKind, ConnectorType, RobotConnection } from '@/lib/db/types'
import { useHoursText } from '@/components/reply/use-hours-text'
import type { RuleFields } from '@/lib/rule/rule-fields'

type ConnectorSecret = 'agentSecret' | 'callbackToken' | 'callbackAesKey' | 'token'
type ChannelSecret = 'url' | 'secret' | 'signingSecret' | 'user' | 'password'
type ReplyKey = Parameters<ReturnType<typeof useTranslations<'reply'>>>[0]
type EventKey = Parameters<ReturnType<typeof useTranslations<'endpoint.event'>>>[0]

/** Where the words for the values of these fields are. */
const replyGroups: { [field: string]: string | undefined } = {
  trigger: 'trigger',
  answer: 'answer',
  modelRoomMode: 'roomMode',
}

/** Writes a value of an audit detail as its form would, in the viewer's language and time zone. */
export function useValueText(): (name: string, value: unknown) => string {
  const t = useTranslations('audit')
  const scope = useTranslations('application.scope')
  const role = useTranslations('operator.role')
  const event = useTranslations('endpoint.event')
  const connection = useTranslations('connection.name')
  const connector = useTranslations('connector.type')
  const secret = useTranslations('connector.field')
  const alertType = useTranslations('alert.type')
  const alertKind = useTranslations('alert.kind')
  const reply = useTranslations('reply')
  const hoursText = useHoursText()
  const alertField = useTranslations('alert.field')
  const format = useFormatter()
  const write = (name: string, value: unknown): string => {
    if (value === null || value === undefined || value === '') return t('none')
    if (Array.isArray(value)) return format.list(value.map((item) => write(name, item))) || t('none')
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
    if (name === 'overlapSeconds') return writeSpan(Number(value))
    if (typeof value === 'number') return format.number(value)
    if (name === 'openingHours') return hoursText(value as NonNullable<RuleFields['openingHours']>)
    if (typeof value !== 'string') return JSON.stringify(value)
    if (name in replyGroups) {
      const key = `${replyGroups[name]}.${value}` as ReplyKey
      return reply.has(key) ? reply(key) : value
    }
    if (name === 'connection' || name === 'defaultConnection') return connection(value as RobotConnection)
    if (name === 'type' && connector.has(value as ConnectorType)) return connector(value as ConnectorType)
    if (name === 'type' && alertType.has(value as AlertChannelType)) return alertType(value as AlertChannelType)
    if (name === 'kinds') return alertKind(value as AlertKind)
    if (name === 'changedSecrets') {
      const ofConnector = `${value as ConnectorSecret}.label` as const
      return secret.has(ofConnector) ? secret(ofConnector) : alertField(`${value as ChannelSecret}.label`)
    }
    if (value === 'admin' || value === 'viewer') return role(value)
    if (value === 'bound' || value === 'all') return scope(value)
    if (value === 'all+private') return scope('allPrivate')
    if (value === 'FORBIDDEN' || value === 'CROSS_SITE') return t(`reason.${value}`)
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
