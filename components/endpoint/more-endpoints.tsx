'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { EndpointState } from '@/components/callback/endpoint-state'
import { CreateEndpointSheet } from '@/components/endpoint/create-endpoint-sheet'
import { useFigureText } from '@/components/overview/use-figure-text'
import { applicationEndpointsQuery } from '@/components/queries/endpoint-queries'
import { useCanChange } from '@/components/shell/role-context'
import { TableCard } from '@/components/table/table-card'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Cell, Row, RowLink } from '@/components/ui/table'
import { deliveredShare } from '@/lib/metrics/delivered-share'

/** Lists the additional endpoints of an application with their health; each has a page. */
export function MoreEndpoints({ applicationId }: { applicationId: string }) {
  const t = useTranslations('endpoint')
  const canChange = useCanChange()
  const { formatValue } = useFigureText('24h')
  const [isCreating, setCreating] = useState(false)
  const { data, error, refetch } = useQuery(applicationEndpointsQuery(applicationId))
  const columns = [
    { key: 'name', title: t('name') },
    { key: 'state', title: t('column.state') },
    { key: 'events', title: t('events'), className: 'sm:max-lg:hidden' },
    { key: 'share', title: t('column.share'), className: 'sm:max-md:hidden text-right' },
    { key: 'waiting', title: t('column.waiting'), className: 'text-right' },
  ]
  return (
    <>
      <TableCard
        title={t('moreTitle')}
        hint={t('moreHint')}
        action={canChange && <Button onClick={() => setCreating(true)}>{t('create')}</Button>}
        columns={columns}
        items={data?.filter(({ endpointId }) => endpointId !== null)}
        error={error}
        onRetry={refetch}
        empty={<EmptyState title={t('moreEmpty')}>{t('moreEmptyHint')}</EmptyState>}
      >
        {(endpoint) => (
          <Row key={endpoint.id}>
            <Cell className="sm:w-full sm:max-w-0">
              <RowLink href={`/dashboard/callbacks/endpoints/${endpoint.id}`}>{endpoint.endpointName}</RowLink>
              <div className="font-mono text-xs break-all text-muted sm:truncate">{endpoint.url}</div>
            </Cell>
            <Cell label={t('column.state')}>
              <EndpointState endpoint={endpoint} />
            </Cell>
            <Cell label={t('events')} className="text-sm text-muted sm:max-lg:hidden">
              {t('eventCount', { count: endpoint.eventTypes.length })}
            </Cell>
            <Cell label={t('column.share')} className="text-right sm:max-md:hidden">
              {formatValue(endpoint.attempts && deliveredShare(endpoint.attempts), 'share')}
            </Cell>
            <Cell label={t('column.waiting')} className="text-right">
              {formatValue(endpoint.waitingCount, 'count')}
            </Cell>
          </Row>
        )}
      </TableCard>
      <CreateEndpointSheet applicationId={applicationId} isOpen={isCreating} onOpenChange={setCreating} />
    </>
  )
}
