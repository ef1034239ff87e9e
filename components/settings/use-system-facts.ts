'use client'

import { useTranslations } from 'use-intl'
import type { SystemView } from '@/app/api/dashboard/views/system'
import type { Fact } from './facts'

/** Words what is in force, part by part. */
export function useSystemFacts(): (
  system: SystemView,
) => Record<'setup' | 'sending' | 'callback' | 'borders' | 'quns', Fact[]> {
  const t = useTranslations('system')
  const language = useTranslations('language')
  const listed = (items: string[], none: string) =>
    items.length > 0 ? { value: items.join('\n'), text: items.join(',') } : { value: none, text: '' }
  const seconds = (ms: number) => t('seconds', { seconds: ms / 1000 })
  const plain = (value: string) => ({ value, text: '' })
  return ({ versions, sending, callback, qun, ...system }) => ({
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
      { fact: 'logLevel', variable: 'LOG_LEVEL', ...plain(system.logLevel) },
    ],
    sending: [
      {
        fact: 'rate',
        ...plain(sending.ratePerMinute === 0 ? t('asFast') : t('ratePerMinute', { count: sending.ratePerMinute })),
      },
      { fact: 'jitter', ...plain(`±${t('percent', { percent: sending.jitterPercent })}`) },
      { fact: 'backlog', ...plain(t('messages', { count: sending.maxWaiting })) },
    ],
    callback: [
      {
        fact: 'schedule',
        variable: 'CALLBACK_SCHEDULE_SECONDS',
        value: t('seconds', { seconds: callback.scheduleSeconds.join(', ') }),
        text: callback.scheduleSeconds.join(','),
      },
      { fact: 'tryTimeout', ...plain(seconds(callback.tryTimeoutMs)) },
      { fact: 'tries', ...plain(t('atOnce', { count: callback.triesPerLane })) },
      {
        fact: 'answers',
        variable: 'CALLBACK_ANSWER_DAYS',
        ...plain(t('keptDays', { count: callback.answerDays })),
      },
      { fact: 'alert', variable: 'ALERT_WEBHOOK_URL', ...plain(t(callback.isAlertSet ? 'set' : 'notSet')) },
    ],
    borders: [
      { fact: 'egressAllow', variable: 'EGRESS_ALLOW', ...listed(system.egressAllow, t('noPrivate')) },
      { fact: 'qunAllow', variable: 'QUN_ALLOW', ...listed(qun.allow, t('nobody')) },
      { fact: 'qunToken', variable: 'QUN_TOKEN', ...plain(t(qun.isTokenWanted ? 'yes' : 'no')) },
      { fact: 'trustedProxies', variable: 'TRUSTED_PROXIES', ...listed(system.trustedProxies, t('nobody')) },
    ],
    quns: [
      { fact: 'directLimit', variable: 'QUN_DIRECT_LIMIT', ...plain(t('people', { count: qun.directLimit })) },
      { fact: 'memberLimit', variable: 'QUN_MEMBER_LIMIT', ...plain(t('people', { count: qun.memberLimit })) },
      { fact: 'roomName', variable: 'QUN_ROOM_NAME', value: qun.roomName },
      { fact: 'greeting', variable: 'QUN_GREETING', value: qun.greeting },
    ],
  })
}
