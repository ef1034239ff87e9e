'use client'

import dynamic from 'next/dynamic'
import { loadPart } from '@/components/ui/load-part'
import { useTranslations } from 'use-intl'
import { useNavigate } from '@/components/leave/use-navigate'
import { SecretSheet } from '@/components/form/secret-sheet'
import { SecretValue } from '@/components/ui/secret-value'
import type { CreatedApplication } from '@/components/application/create-application-form'

/** Loaded when the sheet opens: most visitors of the list create nothing. */
const CreateApplicationForm = dynamic(() =>
  loadPart(() => import('@/components/application/create-application-form').then((file) => file.CreateApplicationForm)),
)

type Props = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Creates an application, shows its token and signing secret once, and opens its page. */
export function CreateApplicationSheet({ isOpen, onOpenChange }: Props) {
  const t = useTranslations('application')
  const navigate = useNavigate()
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
      onSaved={({ applicationId }) => navigate(`/dashboard/applications/${applicationId}`)}
    />
  )
}
