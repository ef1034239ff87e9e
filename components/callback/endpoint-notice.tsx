'use client'

import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { useTranslations } from 'use-intl'
import type { EndpointView } from '@/app/api/dashboard/views/endpoints'
import { useCanChange } from '@/components/frame/role-context'
import { callDashboard } from '@/components/queries/call-dashboard'
import { callbacksKey } from '@/components/queries/callback-queries'
import { endpointsQuery } from '@/components/queries/endpoint-queries'
import { useAct } from '@/components/queries/use-act'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { RelativeTime } from '@/components/ui/relative-time'

/** What stands against an application's endpoint, since when, and the way on; nothing while all is well. */
export function EndpointNotice({ applicationId, className }: { applicationId: string; className?: string }) {
  const { data: endpoints = [] } = useQuery(endpointsQuery())
  const endpoint = endpoints.find((candidate) => candidate.applicationId === applicationId)
  return endpoint ? <Notice endpoint={endpoint} className={className} /> : null
}

function Notice({ endpoint, className }: { endpoint: EndpointView; className: string | undefined }) {
  const t = useTranslations('endpoint')
  const canChange = useCanChange()
  const resume = useAct({
    call: () => callDashboard(`/applications/${endpoint.applicationId}/endpoint/resume`, 'POST'),
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
          <Badge tone={isPaused ? 'bad' : 'warn'}>{t(`state.${endpoint.state}`)}</Badge>
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
