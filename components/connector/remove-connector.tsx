'use client'

import { useTranslations } from 'use-intl'
import type { ConnectorDetail } from '@/lib/dashboard/connector/detail'
import { useNavigate } from '@/components/leave/use-navigate'
import { useAction } from '@/components/queries/use-action'
import { RemovalCard } from '@/components/ui/removal-card'
import { connectorsQuery } from '@/components/connector/connector-queries'

/** Removes a connector that no robot uses, after a question. */
export function RemoveConnector({ connector: { id, name } }: { connector: ConnectorDetail }) {
  const t = useTranslations('connector')
  const navigate = useNavigate()
  const remove = useAction({
    call: (_input, send) => send('DELETE', '/connectors/[connectorId]', { ids: { connectorId: id } }),
    done: t('removed', { name }),
    refresh: [connectorsQuery().queryKey],
    onDone: () => navigate('/dashboard/settings/connectors'),
  })
  return <RemovalCard namespace="connector" name={name} isBusy={remove.isPending} onRemove={() => remove.mutate()} />
}
