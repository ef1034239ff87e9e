'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { callDashboard } from '@/components/queries/call-dashboard'
import { callbackQuery, callbacksKey } from '@/components/queries/callback-queries'
import { useAct } from '@/components/queries/use-act'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { CallbackAnswer } from './callback-answer'

/** Sends a callback that tells nothing and shows how the endpoint answered. */
export function TestEvent({ applicationId, isDisabled }: { applicationId: string; isDisabled: boolean }) {
  const t = useTranslations('endpoint')
  const [eventId, setEventId] = useState<string | null>(null)
  const send = useAct({
    call: () => callDashboard<{ eventId: string }>(`/applications/${applicationId}/test-event`, 'POST'),
    refresh: [callbacksKey],
    onDone: (sent) => setEventId(sent.eventId),
  })
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button isBusy={send.isPending} disabled={isDisabled} onClick={() => send.mutate()}>
        {t('test')}
      </Button>
      <span aria-live="polite" className="min-w-0 text-sm break-words">
        {eventId && <Outcome key={eventId} eventId={eventId} />}
      </span>
    </div>
  )
}

function Outcome({ eventId }: { eventId: string }) {
  const t = useTranslations('endpoint')
  const { data: event } = useQuery({
    ...callbackQuery(eventId),
    refetchInterval: ({ state }) => (state.data?.attempts.length ? false : 500),
  })
  const attempt = event?.attempts[0]
  if (!attempt) return t('testUnderWay')
  return (
    <>
      <Badge tone={attempt.isDelivered ? 'ok' : 'bad'}>{t(attempt.isDelivered ? 'testOk' : 'testFailed')}</Badge>{' '}
      <CallbackAnswer attempt={attempt} />{' '}
      <Link className="link underline" href={`/dashboard/callbacks/${eventId}`}>
        {t('seeEvent')}
      </Link>
    </>
  )
}
