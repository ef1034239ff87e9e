'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useCanChange } from '@/components/shell/role-context'
import { callbackQuery } from '@/components/queries/callback-queries'
import { StateBadge } from '@/components/state/state-badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { ErrorState } from '@/components/ui/error-state'
import { PageHeader } from '@/components/ui/page-header'
import { AttemptTimeline } from '@/components/callback/attempt-timeline'
import { CallbackFacts } from '@/components/callback/callback-facts'
import { CallbackRequest } from '@/components/callback/callback-request'
import { EndpointNotice } from '@/components/callback/endpoint-notice'
import { useEventText } from '@/components/callback/use-event-text'
import { useReplay } from '@/components/callback/use-replay'
import { writeCurl } from '@/components/callback/write-curl'

/** One callback: details, attempts, and the exact request. */
export function CallbackPanel({ eventId }: { eventId: string }) {
  const t = useTranslations('callback')
  const canChange = useCanChange()
  const describe = useEventText()
  const replay = useReplay()
  const { data: event, error, refetch } = useQuery(callbackQuery(eventId))
  if (!event) return error && <ErrorState error={error} onRetry={refetch} />
  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            {describe(event.type)} <StateBadge kind="event" state={event.state} />
          </span>
        }
        action={
          <>
            {event.request && <CopyButton text={writeCurl(event.request)} label={t('copyCurl')} />}
            {canChange && (
              <Button
                variant="primary"
                title={t('replayHint')}
                isBusy={replay.isPending}
                onClick={() => replay.mutate({ ids: [eventId] })}
              >
                {t('replay')}
              </Button>
            )}
          </>
        }
      >
        <span className="font-mono text-sm break-all">{event.id}</span>
      </PageHeader>
      {event.state === 'pending' && (
        <EndpointNotice healthId={event.endpointId ?? event.applicationId} className="mb-4" />
      )}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_340px]">
        <div className="flex min-w-0 flex-col gap-4">
          <Card title={t('attempts')}>
            <AttemptTimeline event={event} />
          </Card>
          <CallbackRequest event={event} />
        </div>
        <CallbackFacts event={event} />
      </div>
    </>
  )
}
