'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Card } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { Facts } from '@/components/settings/facts'
import { RetentionTable } from '@/components/settings/retention-table'
import { systemQuery } from '@/components/settings/system-query'
import { useSystemFacts } from '@/components/settings/use-system-facts'
import { WorkerTable } from '@/components/settings/worker-table'

/** The effective configuration, which the environment sets. */
export function SystemPanel() {
  const t = useTranslations('system')
  const { data: system, error, refetch } = useQuery(systemQuery())
  const factsOf = useSystemFacts()
  if (!system) return error && <ErrorState error={error} onRetry={refetch} />
  const { setup, sending, limits, callback, network, quns } = factsOf(system)
  return (
    <div className="flex flex-col gap-6">
      <Card title={t('workers')} hint={t('workersHint')}>
        <WorkerTable workers={system.workers} />
      </Card>
      <Card title={t('setup')} hint={t('setupHint')}>
        <Facts facts={setup} />
      </Card>
      <Card title={t('sending')} hint={t('sendingHint')}>
        <Facts facts={sending} />
      </Card>
      <Card title={t('limits')} hint={t('limitsHint')}>
        <Facts facts={limits} />
      </Card>
      <Card title={t('callback')} hint={t('callbackHint')}>
        <Facts facts={callback} />
      </Card>
      <Card title={t('network')} hint={t('networkHint')}>
        <Facts facts={network} />
      </Card>
      <Card title={t('quns')} hint={t('qunsHint')}>
        <Facts facts={quns} />
      </Card>
      <Card title={t('retention')} hint={t('retentionHint')}>
        <RetentionTable retention={system.retention} databaseBytes={system.databaseBytes} />
      </Card>
    </div>
  )
}
