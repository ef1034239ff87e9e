'use client'

import { useFormatter, useTranslations } from 'use-intl'
import type { SystemView } from '@/lib/dashboard/system'
import type { Fact } from '@/components/settings/facts'

/** Returns the effective settings as texts, grouped by card. */
export function useSystemFacts(): (
  system: SystemView,
) => Record<'setup' | 'sending' | 'limits' | 'callback' | 'network' | 'quns', Fact[]> {
  const t = useTranslations('system')
  const format = useFormatter()
  const language = useTranslations('language')
  const listed = (items: string[], none: string) =>
    items.length > 0 ? { value: items.join('\n'), text: items.join(',') } : { value: none, text: '' }
  const seconds = (ms: number) => t('seconds', { seconds: ms / 1000 })
  const limit = (value: number, unit?: 'megabyte') =>
    value === 0 ? t('unlimited') : format.number(value, unit && { style: 'unit', unit })
  const plain = (value: string) => ({ value, text: '' })
  return ({ versions, sending, limits, callback, qun, ...system }) => ({
    setup: [
      {
        fact: 'version',
        value: `wxbot ${versions.wxbot} · Node.js ${versions.node} · Postgres ${versions.postgres}`,
      },
      { fact: 'publicUrl', variable: 'PUBLIC_URL', value: system.publicUrl },
      { fact: 'wechat', variable: 'WECHAT', ...plain(t(`wechatOf.${system.wechat}`)) },
      {
        fact: 'queue',
        variable: 'REDIS_URL',
        ...plain(t(`queueOf.${system.queue}`, { version: system.queueVersion ?? '' })),
      },
      { fact: 'locale', ...plain(`${language('zh-CN')} / ${language('en')}`) },
      { fact: 'lease', variable: 'LEASE_SECONDS', ...plain(t('seconds', { seconds: system.leaseSeconds })) },
      { fact: 'stopTimeout', variable: 'STOP_TIMEOUT_MS', ...plain(seconds(system.stopTimeoutMs)) },
      { fact: 'sessionHours', variable: 'SESSION_HOURS', ...plain(t('hours', { hours: system.signIn.hours })) },
      {
        fact: 'sessionIdle',
        variable: 'SESSION_IDLE_MINUTES',
        ...plain(t('minutes', { minutes: system.signIn.idleMinutes })),
      },
      { fact: 'logLevel', variable: 'LOG_LEVEL', ...plain(system.logLevel) },
    ],
    sending: [
      {
        fact: 'rate',
        ...plain(sending.ratePerMinute === 0 ? t('unlimited') : t('ratePerMinute', { count: sending.ratePerMinute })),
      },
      { fact: 'jitter', ...plain(`±${t('percent', { percent: sending.jitterPercent })}`) },
      { fact: 'backlog', ...plain(t('messages', { count: sending.maxWaiting })) },
    ],
    limits: [
      { fact: 'maxRobots', variable: 'APPLICATION_MAX_ROBOTS', ...plain(limit(limits.robots)) },
      { fact: 'maxLogins', variable: 'APPLICATION_MAX_LOGINS', ...plain(limit(limits.logins)) },
      { fact: 'maxMedia', variable: 'APPLICATION_MAX_MEDIA_MB', ...plain(limit(limits.mediaMegabytes, 'megabyte')) },
    ],
    callback: [
      {
        fact: 'schedule',
        variable: 'CALLBACK_SCHEDULE_SECONDS',
        value: t('seconds', { seconds: callback.scheduleSeconds.join(', ') }),
        text: callback.scheduleSeconds.join(','),
      },
      { fact: 'attemptTimeout', ...plain(seconds(callback.attemptTimeoutMs)) },
      { fact: 'concurrency', ...plain(t('atOnce', { count: callback.attemptsPerLane })) },
      {
        fact: 'responses',
        variable: 'CALLBACK_ANSWER_DAYS',
        ...plain(t('keptDays', { count: callback.responseDays })),
      },
      { fact: 'alert', variable: 'ALERT_WEBHOOK_URL', ...plain(t(callback.isAlertSet ? 'set' : 'notSet')) },
    ],
    network: [
      { fact: 'egressAllow', variable: 'EGRESS_ALLOW', ...listed(system.egressAllow, t('noPrivate')) },
      { fact: 'qunAllow', variable: 'QUN_ALLOW', ...listed(qun.allow, t('noEntries')) },
      { fact: 'qunToken', variable: 'QUN_TOKEN', ...plain(t(qun.isTokenRequired ? 'yes' : 'no')) },
      { fact: 'trustedProxies', variable: 'TRUSTED_PROXIES', ...listed(system.trustedProxies, t('noEntries')) },
    ],
    quns: [
      { fact: 'directLimit', variable: 'QUN_DIRECT_LIMIT', ...plain(t('people', { count: qun.directLimit })) },
      { fact: 'memberLimit', variable: 'QUN_MEMBER_LIMIT', ...plain(t('people', { count: qun.memberLimit })) },
      { fact: 'roomName', variable: 'QUN_ROOM_NAME', value: qun.roomName },
      { fact: 'greeting', variable: 'QUN_GREETING', value: qun.greeting },
    ],
  })
}
