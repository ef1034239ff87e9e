'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ApplicationName } from '@/lib/application/list-application-names'
import { Button } from '@/components/ui/button'
import { SelectField } from '@/components/ui/field'
import { Sheet } from '@/components/ui/sheet'
import { useReplay } from './use-replay'

const spans = { hour: 3600, day: 86_400, week: 604_800, month: 2_592_000 } as const
type Span = keyof typeof spans

type Props = {
  applications: ApplicationName[]
  applicationId: string
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}

/** Sends again all that an application failed to take since a time. */
export function ReplaySinceSheet({ applications, applicationId, isOpen, onOpenChange }: Props) {
  const t = useTranslations('callback')
  const [chosenId, setChosenId] = useState(applicationId || (applications[0]?.id ?? ''))
  const [span, setSpan] = useState<Span>('day')
  const replay = useReplay(() => onOpenChange(false))
  return (
    <Sheet isOpen={isOpen} onOpenChange={onOpenChange} title={t('replaySince')} description={t('replaySinceHint')}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          const since = new Date(Date.now() - spans[span] * 1000).toISOString()
          replay.mutate({ applicationId: chosenId, since })
        }}
      >
        <SelectField
          label={t('column.application')}
          value={chosenId}
          onChange={(event) => setChosenId(event.target.value)}
        >
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
        <Button type="submit" look="primary" disabled={!chosenId} isBusy={replay.isPending}>
          {t('replay')}
        </Button>
      </form>
    </Sheet>
  )
}
