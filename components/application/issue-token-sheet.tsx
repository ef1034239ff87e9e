'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { callDashboard } from '@/components/queries/call-dashboard'
import { applicationQuery } from '@/components/queries/queries'
import { useAct } from '@/components/queries/use-act'
import { useErrorText } from '@/components/queries/use-error-text'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { SecretValue } from '@/components/ui/secret-value'
import { Sheet } from '@/components/ui/sheet'

type Props = { applicationId: string; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Issues a token and shows it this once. */
export function IssueTokenSheet({ applicationId, isOpen, onOpenChange }: Props) {
  const t = useTranslations('token')
  const describe = useErrorText()
  const [name, setName] = useState('')
  const [expiresOn, setExpiresOn] = useState('')
  const issue = useAct({
    call: () => {
      // The day named is its last: to its end in the operator's own zone.
      const expiresAt = expiresOn ? new Date(`${expiresOn}T23:59:59`).toISOString() : null
      return callDashboard<{ token: string }>(`/applications/${applicationId}/tokens`, 'POST', { name, expiresAt })
    },
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
        <div className="flex flex-col gap-4">
          <SecretValue label={name} value={issue.data.token} hint={t('tokenHint')} />
          <Button look="primary" onClick={() => onOpenChange(false)}>
            {t('saved')}
          </Button>
        </div>
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
          <Button type="submit" look="primary" isBusy={issue.isPending}>
            {t('issue')}
          </Button>
        </form>
      )}
    </Sheet>
  )
}
