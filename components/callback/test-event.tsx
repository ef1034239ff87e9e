'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { callbackQuery, callbacksKey } from '@/components/queries/callback-queries'
import { useAction } from '@/components/queries/use-action'
import { StateBadge } from '@/components/state/state-badge'
import { Button } from '@/components/ui/button'
import { CallbackResponse } from '@/components/callback/callback-response'

type Props = {
  applicationId: string
  /** null or absent: the default endpoint. */
  endpointId?: string | null
  isDisabled: boolean
}

/** Sends a test event and shows the endpoint's response. */
export function TestEvent({ applicationId, endpointId = null, isDisabled }: Props) {
  const t = useTranslations('endpoint')
  const [eventId, setEventId] = useState<string | null>(null)
  const test = useAction({
    call: (_input, send) =>
      endpointId
        ? send('POST', '/endpoints/[endpointId]/test-event', { ids: { endpointId } })
        : send('POST', '/applications/[applicationId]/test-event', { ids: { applicationId } }),
    refresh: [callbacksKey],
    onDone: (sent) => setEventId(sent.eventId),
  })
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button isBusy={test.isPending} disabled={isDisabled} onClick={() => test.mutate()}>
        {t('test')}
      </Button>
      <span aria-live="polite" className="min-w-0 text-sm wrap-anywhere">
        {isDisabled && <span className="text-muted">{t('testNeedsUrl')}</span>}
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
      <StateBadge kind="attempt" state={attempt.isDelivered ? 'delivered' : 'failed'} />{' '}
      <CallbackResponse attempt={attempt} />{' '}
      <Link className="link underline" href={`/dashboard/callbacks/${eventId}`}>
        {t('seeEvent')}
      </Link>
    </>
  )
}
