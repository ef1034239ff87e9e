'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Card } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { Facts } from './facts'
import { KeptTable } from './kept-table'
import { systemQuery } from './system-query'
import { useSystemFacts } from './use-system-facts'
import { WorkerTable } from './worker-table'

/** How the installation is set up, as it is in force: the environment decides, this page shows. */
export function SystemPanel() {
  const t = useTranslations('system')
  const { data: system, error, refetch } = useQuery(systemQuery())
  const factsOf = useSystemFacts()
  if (!system) return error && <ErrorState error={error} onRetry={refetch} />
  const { setup, sending, callback, borders, quns } = factsOf(system)
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
      <Card title={t('callback')} hint={t('callbackHint')}>
        <Facts facts={callback} />
      </Card>
      <Card title={t('borders')} hint={t('bordersHint')}>
        <Facts facts={borders} />
      </Card>
      <Card title={t('quns')} hint={t('qunsHint')}>
        <Facts facts={quns} />
      </Card>
      <Card title={t('kept')} hint={t('keptHint')}>
        <KeptTable kept={system.kept} databaseBytes={system.databaseBytes} />
      </Card>
    </div>
  )
}
