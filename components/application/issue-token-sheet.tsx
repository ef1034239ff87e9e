'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { callDashboard } from '@/components/queries/call-dashboard'
import { applicationQuery } from '@/components/queries/queries'
import { useAct } from '@/components/queries/use-act'
import { useErrorText } from '@/components/queries/use-error-text'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { Sheet } from '@/components/ui/sheet'
import { endOfDay } from './end-of-day'
import { IssuedToken } from './issued-token'

type Props = { applicationId: string; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Issues a token and shows it this once. */
export function IssueTokenSheet({ applicationId, isOpen, onOpenChange }: Props) {
  const t = useTranslations('token')
  const describe = useErrorText()
  const [name, setName] = useState('')
  const [expiresOn, setExpiresOn] = useState('')
  const [rateLimit, setRateLimit] = useState('600')
  const issue = useAct({
    call: () =>
      callDashboard<{ token: string }>(`/applications/${applicationId}/tokens`, 'POST', {
        name,
        expiresAt: endOfDay(expiresOn),
        rateLimitPerMinute: Number(rateLimit),
      }),
    refresh: [applicationQuery(applicationId).queryKey],
    isQuiet: true,
  })
  const isIssued = Boolean(issue.data)
  return (
    <Sheet
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={isIssued ? t('issuedTitle') : t('issue')}
      description={isIssued ? t('shownOnce') : t('issueHint')}
      isPinned={isIssued}
    >
      {issue.data ? (
        <IssuedToken name={name} token={issue.data.token} onSaved={() => onOpenChange(false)} />
      ) : (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            issue.mutate()
          }}
        >
          <TextField
            label={t('name')}
            hint={t('nameHint')}
            error={issue.error && describe(issue.error)}
            value={name}
            onChange={(event) => setName(event.target.value)}
            required
            maxLength={64}
          />
          <TextField
            label={t('expiresOn')}
            hint={t('expiresHint')}
            type="date"
            value={expiresOn}
            onChange={(event) => setExpiresOn(event.target.value)}
          />
          <TextField
            label={t('rateLimit')}
            hint={t('rateLimitHint')}
            type="number"
            min={0}
            max={1_000_000}
            value={rateLimit}
            onChange={(event) => setRateLimit(event.target.value)}
            required
          />
          <Button type="submit" look="primary" isBusy={issue.isPending}>
            {t('issue')}
          </Button>
        </form>
      )}
    </Sheet>
  )
}
