'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useCanChange } from '@/components/shell/role-context'
import { TableCard } from '@/components/table/table-card'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { RelativeTime } from '@/components/ui/relative-time'
import { Cell, Row, RowLink } from '@/components/ui/table'
import { CheckBadge } from '@/components/connector/check-badge'
import { connectorsQuery } from '@/components/connector/connector-queries'
import { CreateConnectorSheet } from '@/components/connector/create-connector-sheet'

/** Lists the connectors of the installation: type, last check, robots, and the applications that may use them. */
export function ConnectorList() {
  const t = useTranslations('connector')
  const format = useFormatter()
  const canChange = useCanChange()
  const [isCreating, setCreating] = useState(false)
  const { data: connectors, error, refetch } = useQuery(connectorsQuery())
  const columns = [
    { key: 'name', title: t('name') },
    { key: 'check', title: t('lastCheck') },
    { key: 'robots', title: t('robots') },
    { key: 'applications', title: t('applications'), className: 'sm:max-md:hidden' },
  ]
  const create = canChange && (
    <Button variant="primary" onClick={() => setCreating(true)}>
      {t('create')}
    </Button>
  )
  return (
    <>
      <TableCard
        title={t('title')}
        hint={t('hint')}
        action={create}
        columns={columns}
        items={connectors}
        error={error}
        onRetry={refetch}
        empty={<EmptyState title={t('emptyTitle')}>{t('emptyHint')}</EmptyState>}
      >
        {(connector) => (
          <Row key={connector.id}>
            <Cell>
              <RowLink href={`/dashboard/settings/connectors/${connector.id}`}>{connector.name}</RowLink>
              <div className="flex flex-wrap gap-1.5 text-sm text-muted">
                {t(`type.${connector.type}`)}
                {connector.isAssistant && <Badge tone="muted">{t('assistantMark')}</Badge>}
              </div>
            </Cell>
            <Cell label={t('lastCheck')}>
              <CheckBadge check={connector.check} count={connector.problemCount} />{' '}
              {connector.checkedAt && (
                <span className="text-sm text-muted">
                  <RelativeTime at={connector.checkedAt} />
                </span>
              )}
            </Cell>
            <Cell label={t('robots')} className="tabular-nums">
              {format.number(connector.robotCount)}
            </Cell>
            <Cell label={t('applications')} className="wrap-anywhere text-muted sm:max-md:hidden">
              {connector.applicationNames.length > 0 ? format.list(connector.applicationNames) : t('noApplications')}
            </Cell>
          </Row>
        )}
      </TableCard>
      <CreateConnectorSheet isOpen={isCreating} onOpenChange={setCreating} />
    </>
  )
}
