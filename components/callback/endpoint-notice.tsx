'use client'

import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { useTranslations } from 'use-intl'
import type { FailingEndpointView } from '@/lib/dashboard/callback/endpoints'
import { useCanChange } from '@/components/shell/role-context'
import { callbacksKey } from '@/components/queries/callback-queries'
import { endpointsQuery } from '@/components/queries/endpoint-queries'
import { useAction } from '@/components/queries/use-action'
import { StateBadge } from '@/components/state/state-badge'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'

/** Explains why an endpoint is paused or held, since when, and how to resume; renders nothing while it is healthy. */
export function EndpointNotice({ healthId, className }: { healthId: string; className?: string }) {
  const { data: endpoints = [] } = useQuery(endpointsQuery())
  const endpoint = endpoints.find(({ id }) => id === healthId)
  return endpoint ? <Notice endpoint={endpoint} className={className} /> : null
}

function Notice({ endpoint, className }: { endpoint: FailingEndpointView; className: string | undefined }) {
  const t = useTranslations('endpoint')
  const canChange = useCanChange()
  const resume = useAction({
    call: (_input, send) =>
      endpoint.endpointId
        ? send('POST', '/endpoints/[endpointId]/resume', { ids: { endpointId: endpoint.endpointId } })
        : send('POST', '/applications/[applicationId]/endpoint/resume', {
            ids: { applicationId: endpoint.applicationId },
          }),
    done: t('resumed'),
    refresh: [callbacksKey],
  })
  const isPaused = endpoint.state === 'paused'
  return (
    <div
      className={clsx(
        'flex flex-wrap items-start justify-between gap-3 rounded-lg border border-subtle bg-sunken p-4',
        className,
      )}
    >
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2">
          <StateBadge kind="endpoint" state={endpoint.state} />
          {t(isPaused ? `reason.${endpoint.pauseReason ?? 'failing'}` : 'probing')}
        </p>
        <p className="mt-1 text-sm text-muted">
          {endpoint.failingSince && (
            <>
              {t('since')} <RelativeTime at={endpoint.failingSince} />
            </>
          )}
          {endpoint.heldUntil && (
            <>
              {' · '}
              {t('nextProbe')} <RelativeTime at={endpoint.heldUntil} />
            </>
          )}
        </p>
      </div>
      {canChange && (
        <Button isBusy={resume.isPending} onClick={() => resume.mutate()}>
          {t(isPaused ? 'resume' : 'tryNow')}
        </Button>
      )}
    </div>
  )
}
