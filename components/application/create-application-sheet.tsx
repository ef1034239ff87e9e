'use client'

import dynamic from 'next/dynamic'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { SecretSheet } from '@/components/form/secret-sheet'
import { SecretValue } from '@/components/ui/secret-value'
import type { CreatedApplication } from './create-application-form'

/** Read when it is wanted: most who look at applications make none. */
const CreateApplicationForm = dynamic(() =>
  import('./create-application-form').then((file) => file.CreateApplicationForm),
)

type Props = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Makes an application, then shows its token and signing secret this once and goes to its page. */
export function CreateApplicationSheet({ isOpen, onOpenChange }: Props) {
  const t = useTranslations('application')
  const router = useRouter()
  return (
    <SecretSheet<CreatedApplication>
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={t('create')}
      hint={t('createHint')}
      madeTitle={({ name }) => t('createdTitle', { name })}
      renderForm={(onMade) => <CreateApplicationForm onMade={onMade} />}
      renderMade={({ token, signingSecret }) => (
        <>
          <SecretValue label={t('token')} value={token} hint={t('tokenHint')} />
          <SecretValue label={t('signingSecret')} value={signingSecret} hint={t('signingSecretHint')} />
        </>
      )}
      onSaved={({ applicationId }) => router.push(`/dashboard/applications/${applicationId}`)}
    />
  )
}
