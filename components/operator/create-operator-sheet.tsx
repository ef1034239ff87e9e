'use client'

import { useTranslations } from 'use-intl'
import { SecretSheet } from '@/components/form/secret-sheet'
import { SecretValue } from '@/components/ui/secret-value'
import { CreateOperatorForm, type NewPassword } from '@/components/operator/create-operator-form'

type Props = { isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Creates an operator; the server generates the password, which is shown once. */
export function CreateOperatorSheet(sheet: Props) {
  const t = useTranslations('operators')
  return (
    <SecretSheet<NewPassword>
      {...sheet}
      title={t('create')}
      hint={t('createHint')}
      madeTitle={() => t('passwordTitle')}
      renderForm={(onMade) => <CreateOperatorForm onMade={onMade} />}
      renderMade={({ email, password }) => <SecretValue label={email} value={password} hint={t('passwordHint')} />}
    />
  )
}
