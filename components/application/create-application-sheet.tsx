'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { callDashboard } from '@/components/queries/call-dashboard'
import { applicationsQuery } from '@/components/queries/queries'
import { useAct } from '@/components/queries/use-act'
import { useErrorText } from '@/components/queries/use-error-text'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { SecretValue } from '@/components/ui/secret-value'
import { Sheet } from '@/components/ui/sheet'

type Created = { applicationId: string; token: string; signingSecret: string }
type Props = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Makes an application, then shows its token and signing secret this once. */
export function CreateApplicationSheet({ isOpen, onOpenChange }: Props) {
  const t = useTranslations('application')
  const router = useRouter()
  const describe = useErrorText()
  const [name, setName] = useState('')
  const [callbackUrl, setCallbackUrl] = useState('')
  const create = useAct({
    call: () => callDashboard<Created>('/applications', 'POST', { name, callbackUrl: callbackUrl.trim() }),
    refresh: [applicationsQuery().queryKey],
    isQuiet: true,
  })
  const problem = create.error && describe(create.error)
  const isOfUrl = create.error && 'parameter' in create.error && create.error.parameter === 'callbackUrl'

  if (create.data) {
    const { applicationId, token, signingSecret } = create.data
    return (
      <Sheet
        isOpen={isOpen}
        onOpenChange={onOpenChange}
        title={t('createdTitle', { name })}
        description={t('shownOnce')}
        isPinned
      >
        <div className="flex flex-col gap-4">
          <SecretValue label={t('token')} value={token} hint={t('tokenHint')} />
          <SecretValue label={t('signingSecret')} value={signingSecret} hint={t('signingSecretHint')} />
          <Button look="primary" onClick={() => router.push(`/dashboard/applications/${applicationId}`)}>
            {t('saved')}
          </Button>
        </div>
      </Sheet>
    )
  }
  return (
    <Sheet isOpen={isOpen} onOpenChange={onOpenChange} title={t('create')} description={t('createHint')}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          create.mutate()
        }}
      >
        <TextField
          label={t('name')}
          hint={t('nameHint')}
          error={isOfUrl ? null : problem}
          value={name}
          onChange={(event) => setName(event.target.value)}
          required
          maxLength={64}
        />
        <TextField
          label={t('callbackUrl')}
          hint={t('callbackUrlHint')}
          error={isOfUrl ? problem : null}
          type="url"
          value={callbackUrl}
          onChange={(event) => setCallbackUrl(event.target.value)}
          placeholder="https://"
        />
        <Button type="submit" look="primary" isBusy={create.isPending}>
          {t('create')}
        </Button>
      </form>
    </Sheet>
  )
}
