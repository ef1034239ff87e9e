'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'use-intl'
import type { CallbackDetail } from '@/lib/dashboard/callback/detail'
import { endpointsQuery } from '@/components/queries/endpoint-queries'
import { useNow } from '@/components/ui/use-now'
import { useDurationText } from '@/components/ui/use-duration-text'

/** The time of the next attempt, or what the callback waits for. */
export function NextAttempt({ event }: { event: CallbackDetail }) {
  const t = useTranslations('callback')
  const nowMs = useNow()
  const writeDuration = useDurationText()
  const format = useFormatter()
  const { data: endpoints = [] } = useQuery(endpointsQuery())
  const endpoint = endpoints.find(({ applicationId }) => applicationId === event.applicationId)
  if (endpoint?.state === 'paused') return <p className="text-bad">{t('waitsForResume')}</p>
  if (event.aheadId)
    return (
      <p className="text-muted">
        {t('waitsForAhead')}{' '}
        <Link className="link font-mono text-sm break-all underline" href={`/dashboard/callbacks/${event.aheadId}`}>
          {event.aheadId}
        </Link>
      </p>
    )
  const at = later(event.nextAttemptAt, endpoint?.heldUntil ?? null)
  const waitMs = Date.parse(at) - nowMs
  if (waitMs <= 0) return <p className="text-muted">{t('underWay')}</p>
  return (
    <p className="text-muted">
      {t('nextAttempt')}
      <span className="font-medium text-ink tabular-nums">{t('within', { time: writeDuration(waitMs) })}</span>
      {` · ${format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'medium' })}`}
    </p>
  )
}

/** Returns the later of the next attempt and the end of the endpoint's hold. */
function later(nextAttemptAt: string, heldUntil: string | null): string {
  return heldUntil && heldUntil > nextAttemptAt ? heldUntil : nextAttemptAt
}
