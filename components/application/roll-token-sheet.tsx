'use client'

import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { TokenView } from '@/app/api/dashboard/views/applications'
import { callDashboard } from '@/components/queries/call-dashboard'
import { applicationQuery } from '@/components/queries/queries'
import { useAct } from '@/components/queries/use-act'
import { useErrorText } from '@/components/queries/use-error-text'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { Sheet } from '@/components/ui/sheet'
import { endOfDay } from './end-of-day'
import { IssuedToken } from './issued-token'
import { defaultOverlapSeconds, OverlapField } from './overlap-field'

type Props = { applicationId: string; token: TokenView; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Issues a token in another's place: how long both work is asked first, then the new one is shown this once. */
export function RollTokenSheet({ applicationId, token, isOpen, onOpenChange }: Props) {
  const t = useTranslations('token')
  const format = useFormatter()
  const describe = useErrorText()
  const [overlapSeconds, setOverlapSeconds] = useState(defaultOverlapSeconds)
  const [expiresOn, setExpiresOn] = useState('')
  const roll = useAct({
    call: () =>
      callDashboard<{ token: string; oldEndsAt: string }>(
        `/applications/${applicationId}/tokens/${token.id}/roll`,
        'POST',
        { overlapSeconds, expiresAt: endOfDay(expiresOn) },
      ),
    refresh: [applicationQuery(applicationId).queryKey],
    isQuiet: true,
  })
  const at = (moment: string) => format.dateTime(new Date(moment), { dateStyle: 'medium', timeStyle: 'short' })
  const isRolled = Boolean(roll.data)
  return (
    <Sheet
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={isRolled ? t('rolledTitle') : t('rollTitle', { name: token.name })}
      description={isRolled ? t('shownOnce') : t('rollHint')}
      isPinned={isRolled}
    >
      {roll.data ? (
        <IssuedToken name={token.name} token={roll.data.token} onSaved={() => onOpenChange(false)}>
          <p>{t('rolledUntil', { lastFour: token.lastFour, time: at(roll.data.oldEndsAt) })}</p>
          {token.isInCallbacks && <p>{t('rolledInCallbacks')}</p>}
        </IssuedToken>
      ) : (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            roll.mutate()
          }}
        >
          <OverlapField
            hint={token.isInCallbacks ? t('overlapHintInCallbacks') : t('overlapHint')}
            overlapSeconds={overlapSeconds}
            onChange={setOverlapSeconds}
          />
          {!token.isCallbackOnly && (
            <TextField
              label={t('newExpiresOn')}
              hint={t('expiresHint')}
              type="date"
              value={expiresOn}
              onChange={(event) => setExpiresOn(event.target.value)}
            />
          )}
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
