'use client'

import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { defaultOverlapSeconds, OverlapField } from '@/components/application/overlap-field'
import { callDashboard } from '@/components/queries/call-dashboard'
import { useAct } from '@/components/queries/use-act'
import { useErrorText } from '@/components/queries/use-error-text'
import { Button } from '@/components/ui/button'
import { SecretValue } from '@/components/ui/secret-value'
import { Sheet } from '@/components/ui/sheet'

type Props = { applicationId: string; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Gives an application a new signing secret, shown this once; both sign for as long as is chosen. */
export function RollSecretSheet({ applicationId, isOpen, onOpenChange }: Props) {
  const t = useTranslations('endpoint')
  const format = useFormatter()
  const describe = useErrorText()
  const [overlapSeconds, setOverlapSeconds] = useState(defaultOverlapSeconds)
  const roll = useAct({
    call: () =>
      callDashboard<{ signingSecret: string; oldEndsAt: string }>(
        `/applications/${applicationId}/signing-secret/roll`,
        'POST',
        { overlapSeconds },
      ),
    isQuiet: true,
  })
  const rolled = roll.data
  const at = (moment: string) => format.dateTime(new Date(moment), { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <Sheet
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={t('rollTitle')}
      description={rolled ? t('shownOnce') : t('rollHint')}
      isPinned={Boolean(rolled)}
    >
      {rolled ? (
        <div className="flex flex-col gap-4">
          <SecretValue
            label={t('secret')}
            value={rolled.signingSecret}
            hint={t('rolledUntil', { time: at(rolled.oldEndsAt) })}
          />
          <Button look="primary" onClick={() => onOpenChange(false)}>
            {t('saved')}
          </Button>
        </div>
      ) : (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            roll.mutate()
          }}
        >
          <OverlapField hint={t('overlapHint')} overlapSeconds={overlapSeconds} onChange={setOverlapSeconds} />
          {roll.error && (
            <p role="alert" className="text-sm text-bad">
              {describe(roll.error)}
            </p>
          )}
          <Button type="submit" look="primary" isBusy={roll.isPending}>
            {t('roll')}
          </Button>
        </form>
      )}
    </Sheet>
  )
}
