'use client'

import { useQuery } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'use-intl'
import { useCanChange } from '@/components/shell/role-context'
import { BackLink } from '@/components/ui/back-link'
import { Card } from '@/components/ui/card'
import { CopyIcon } from '@/components/ui/copy-icon'
import { ErrorState } from '@/components/ui/error-state'
import { CheckCard } from '@/components/connector/check-card'
import { connectorQuery } from '@/components/connector/connector-queries'
import { GroupPoolCard } from '@/components/connector/group-pool-card'
import { LendForm } from '@/components/connector/lend-form'
import { RefusalsCard } from '@/components/connector/refusals-card'
import { RemoveConnector } from '@/components/connector/remove-connector'
import { SettingsForm } from '@/components/connector/settings-form'
import { WecomSteps } from '@/components/connector/wecom-steps'

/** A connector: last check, callback URL, settings, and the applications that may use it. */
export function ConnectorPanel({ connectorId }: { connectorId: string }) {
  const t = useTranslations('connector')
  const format = useFormatter()
  const canChange = useCanChange()
  const { data: connector, error, refetch } = useQuery(connectorQuery(connectorId))
  if (!connector) return error && <ErrorState error={error} onRetry={refetch} />
  const { type, name, callbackUrl, createdAt, riskAcceptedAt } = connector
  const day = (at: string) => format.dateTime(new Date(at), { dateStyle: 'medium' })
  return (
    <div className="flex max-w-[720px] flex-col gap-6">
      <div>
        <BackLink href="/dashboard/settings/connectors">{t('backToList')}</BackLink>
        <h2 className="mt-1 text-lg font-semibold wrap-anywhere">{name}</h2>
        <p className="text-muted">
          {t(`type.${type}`)} · {t('createdOn', { date: day(createdAt) })}
          {riskAcceptedAt && ` · ${t('riskAcceptedOn', { date: day(riskAcceptedAt) })}`}
        </p>
      </div>
      <CheckCard connector={connector} />
      <Card title={t('callbackUrl')} hint={t(`callbackUrlHint.${type}`)}>
        {callbackUrl ? (
          <div className="flex items-start gap-1">
            <code className="min-w-0 py-0.5 font-mono text-sm break-all">{callbackUrl}</code>
            <CopyIcon text={callbackUrl} label={t('copyCallbackUrl')} />
          </div>
        ) : (
          <p className="text-muted">{t('adminsSeeUrl')}</p>
        )}
      </Card>
      {type === 'wecom' && <WecomSteps connector={connector} />}
      {type === 'gateway' && <RefusalsCard refusals={connector.refusals} />}
      <SettingsForm key={`${connectorId} settings`} connector={connector} />
      {type === 'wecom' && <GroupPoolCard connector={connector} />}
      <LendForm key={`${connectorId} applications`} connector={connector} />
      {canChange && <RemoveConnector connector={connector} />}
    </div>
  )
}
