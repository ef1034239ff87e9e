'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { callDashboard } from '@/components/queries/call-dashboard'
import { applicationQuery } from '@/components/queries/queries'
import { useAct } from '@/components/queries/use-act'
import { useErrorText } from '@/components/queries/use-error-text'
import { Button } from '@/components/ui/button'
import { Sheet } from '@/components/ui/sheet'
import { IssuedToken } from './issued-token'
import { defaultOverlapSeconds, OverlapField } from './overlap-field'

type Props = { applicationId: string; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Gives callbacks a token of their own and shows it this once. */
export function SeparateTokenSheet({ applicationId, isOpen, onOpenChange }: Props) {
  const t = useTranslations('callbackToken')
  const ofTokens = useTranslations('token')
  const describe = useErrorText()
  const [overlapSeconds, setOverlapSeconds] = useState(defaultOverlapSeconds)
  const separate = useAct({
    call: () =>
      callDashboard<{ token: string }>(`/applications/${applicationId}/callback-token`, 'POST', { overlapSeconds }),
    refresh: [applicationQuery(applicationId).queryKey],
    isQuiet: true,
  })
  const isIssued = Boolean(separate.data)
  return (
    <Sheet
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={isIssued ? ofTokens('issuedTitle') : t('separate')}
      description={isIssued ? ofTokens('shownOnce') : t('separateHint')}
      isPinned={isIssued}
    >
      {separate.data ? (
        <IssuedToken name={t('title')} token={separate.data.token} onSaved={() => onOpenChange(false)} />
      ) : (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            separate.mutate()
          }}
        >
          <OverlapField hint={t('overlapHint')} overlapSeconds={overlapSeconds} onChange={setOverlapSeconds} />
          {separate.error && (
            <p role="alert" className="text-sm text-bad">
              {describe(separate.error)}
            </p>
          )}
          <Button type="submit" look="primary" isBusy={separate.isPending}>
            {t('separate')}
          </Button>
        </form>
      )}
    </Sheet>
  )
}
