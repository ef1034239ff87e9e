'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useNavigate } from '@/components/leave/use-navigate'
import { replayableQuery } from '@/components/queries/callback-queries'
import { applicationNamesQuery } from '@/components/queries/queries'
import { useErrorText } from '@/components/queries/use-error-text'
import { Button } from '@/components/ui/button'
import { SelectField } from '@/components/ui/field'
import { EndpointNotice } from '@/components/callback/endpoint-notice'
import { useReplay } from '@/components/callback/use-replay'

const spans = { hour: 3600, day: 86_400, week: 604_800, month: 2_592_000 } as const
type Span = keyof typeof spans

type Props = {
  applicationId: string
  /** Only those of this endpoint of `applicationId`; null: of its default endpoint; undefined: of all. */
  endpointId?: string | null | undefined
  onDone: () => void
}

/** Counts the callbacks of a replay before it starts, and links to its progress. */
export function ReplaySinceForm({ applicationId, endpointId, onDone }: Props) {
  const t = useTranslations('callback')
  const navigate = useNavigate()
  const describe = useErrorText()
  const { data: applications = [] } = useQuery(applicationNamesQuery())
  const [chosenId, setChosenId] = useState(applicationId)
  const [openedAtMs] = useState(() => Date.now())
  const [span, setSpan] = useState<Span>('day')
  const since = new Date(openedAtMs - spans[span] * 1000).toISOString()
  const isOfEndpoint = endpointId !== undefined && chosenId === applicationId
  const selection = { applicationId: chosenId, since, ...(isOfEndpoint && { endpointId: endpointId ?? 'default' }) }
  const preview = useQuery({ ...replayableQuery(selection), enabled: chosenId !== '' })
  const replay = useReplay(({ count, replayId }) => {
    onDone()
    if (count > 0) navigate(`/dashboard/callbacks?replay=${replayId}`)
  })
  const result = chosenId && !preview.isPlaceholderData ? preview.data : undefined
  const count = result?.count
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        replay.mutate(selection)
      }}
    >
      <SelectField
        label={t('column.application')}
        value={chosenId}
        onChange={(event) => setChosenId(event.target.value)}
      >
        <option value="">{t('chooseApplication')}</option>
        {applications.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField label={t('span')} value={span} onChange={(event) => setSpan(event.target.value as Span)}>
        {Object.keys(spans).map((key) => (
          <option key={key} value={key}>
            {t(`spanOf.${key as Span}`)}
          </option>
        ))}
      </SelectField>
      <p aria-live="polite" className="min-h-6 text-muted">
        {preview.error
          ? describe(preview.error)
          : count === 0
            ? t('replayNothing')
            : result && t('replayHowMany', { count: result.count - result.waitingCount, waiting: result.waitingCount })}
      </p>
      {chosenId && <EndpointNotice healthId={(isOfEndpoint && endpointId) || chosenId} />}
      <Button type="submit" variant="primary" disabled={!count} isBusy={replay.isPending}>
        {count ? t('replayCount', { count }) : t('replay')}
      </Button>
    </form>
  )
}
