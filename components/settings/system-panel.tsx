'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Card } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { Facts } from './facts'
import { systemQuery } from './system-query'
import { WorkerTable } from './worker-table'

/** How the installation is set up, as it is in force: the environment decides, this page shows. */
export function SystemPanel() {
  const t = useTranslations('system')
  const { data: system, error, refetch } = useQuery(systemQuery())
  if (!system) return error && <ErrorState error={error} onRetry={refetch} />
  const listOf = (items: string[], none: string) => (items.length ? items.join('  ') : none)
  const days = (count: number) => t('days', { count })
  const { retentionDays } = system
  return (
    <div className="flex flex-col gap-6">
      <Card title={t('workers')} hint={t('workersHint')}>
        <WorkerTable workers={system.workers} />
      </Card>
      <Card title={t('setup')} hint={t('setupHint')}>
        <Facts
          facts={[
            { name: t('version'), value: system.version },
            { name: t('publicUrl'), variable: 'PUBLIC_URL', value: system.publicUrl },
            { name: t('wechat'), variable: 'WECHAT', value: t(`wechatOf.${system.wechat}`) },
            { name: t('queue'), variable: 'REDIS_URL', value: t(`queueOf.${system.queue}`) },
          ]}
        />
      </Card>
      <Card title={t('borders')} hint={t('bordersHint')}>
        <Facts
          facts={[
            { name: t('egressAllow'), variable: 'EGRESS_ALLOW', value: listOf(system.egressAllow, t('noPrivate')) },
            { name: t('qunAllow'), variable: 'QUN_ALLOW', value: listOf(system.qunAllow, t('nobody')) },
            {
              name: t('qunToken'),
              variable: 'QUN_TOKEN',
              value: t(system.isQunTokenWanted ? 'wanted' : 'notWanted'),
            },
            {
              name: t('trustedProxies'),
              variable: 'TRUSTED_PROXIES',
              value: listOf(system.trustedProxies, t('nobody')),
            },
          ]}
        />
      </Card>
      <Card title={t('retention')} hint={t('retentionHint')}>
        <Facts
          facts={[
            { name: t('callbacks'), variable: 'CALLBACK_EVENT_DAYS', value: days(retentionDays.callbacks) },
            { name: t('answers'), variable: 'CALLBACK_ANSWER_DAYS', value: days(retentionDays.callbackAnswers) },
            { name: t('media'), variable: 'MEDIA_DAYS', value: days(retentionDays.media) },
            {
              name: t('schedule'),
              variable: 'CALLBACK_SCHEDULE_SECONDS',
              value: t('seconds', { seconds: system.callbackScheduleSeconds.join(', ') }),
            },
          ]}
        />
      </Card>
    </div>
  )
}
