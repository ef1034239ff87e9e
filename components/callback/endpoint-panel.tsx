'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import Link from 'next/link'
import { useState } from 'react'
import { useTimeZone, useTranslations } from 'use-intl'
import { useCanChange } from '@/components/shell/role-context'
import { endpointQuery } from '@/components/queries/callback-queries'
import { Button, ButtonLink } from '@/components/ui/button'
import { loadPart } from '@/components/ui/load-part'
import { Card } from '@/components/ui/card'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { useFilter } from '@/components/ui/use-filter'
import { metricRanges } from '@/lib/metrics/range'
import { EndpointNotice } from '@/components/callback/endpoint-notice'
import { EndpointNumbers } from '@/components/callback/endpoint-numbers'
import { EndpointState } from '@/components/callback/endpoint-state'
import { ReplaySinceSheet } from '@/components/callback/replay-since-sheet'
import { TestEvent } from '@/components/callback/test-event'
import { AttemptFigures } from '@/components/callback/attempt-figures'

/** Loaded only for an additional endpoint. */
const EndpointSettings = dynamic(() =>
  loadPart(() => import('@/components/endpoint/endpoint-settings').then((file) => file.default)),
)

/** The health of one endpoint: delivery rate, delay, and pending events. */
export function EndpointPanel({ healthId }: { healthId: string }) {
  const t = useTranslations('endpoint')
  const callback = useTranslations('callback')
  const figures = useTranslations('figures')
  const application = useTranslations('application')
  const canChange = useCanChange()
  const timeZone = useTimeZone() ?? 'UTC'
  const [rangeParam, setRange] = useFilter('range')
  const range = metricRanges.find((value) => value === rangeParam) ?? '24h'
  const [isReplaying, setReplaying] = useState(false)
  const { data: endpoint, error, refetch } = useQuery(endpointQuery(healthId, { range, timeZone }))
  if (!endpoint) return error && <ErrorState error={error} onRetry={refetch} />
  const { applicationId, endpointId, endpointName } = endpoint
  const ofEndpoint = new URLSearchParams({ application: applicationId, endpoint: endpointId ?? 'default' })
  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            {endpointName ?? endpoint.name} <EndpointState endpoint={endpoint} />
          </span>
        }
        action={
          <>
            <ButtonLink href={`/dashboard/callbacks?${ofEndpoint}`}>{t('seeCallbacks')}</ButtonLink>
            {canChange && <Button onClick={() => setReplaying(true)}>{callback('replaySince')}</Button>}
          </>
        }
      >
        <span className="font-mono text-sm break-all">{endpoint.url ?? callback('noAddress')}</span>
        {endpoint.url && !canChange && <span className="text-sm text-muted">{application('urlMasked')}</span>}
        {' · '}
        <Link className="link underline" href={`/dashboard/applications/${applicationId}`}>
          {endpointId ? endpoint.name : t('settings')}
        </Link>
      </PageHeader>
      <div className="flex flex-col gap-6">
        <EndpointNotice healthId={healthId} />
        <EndpointNumbers endpoint={endpoint} range={range} />
        <Card
          title={t('trend')}
          action={
            <SegmentedControl
              label={figures('rangeLabel')}
              value={range}
              onChange={(value) => setRange(value === '24h' ? '' : value)}
              choices={metricRanges.map((value) => ({ value, text: figures(`range.${value}`) }))}
            />
          }
        >
          <AttemptFigures points={endpoint.points} range={range} />
        </Card>
        {canChange && (
          <Card title={t('testTitle')} hint={t('testHint')}>
            <TestEvent applicationId={applicationId} endpointId={endpointId} isDisabled={!endpoint.url} />
          </Card>
        )}
        {endpointId && <EndpointSettings endpoint={{ ...endpoint, endpointId }} />}
      </div>
      <ReplaySinceSheet
        applicationId={applicationId}
        endpointId={endpointId}
        isOpen={isReplaying}
        onOpenChange={setReplaying}
      />
    </>
  )
}
