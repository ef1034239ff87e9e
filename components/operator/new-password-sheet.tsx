'use client'

import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { SecretValue } from '@/components/ui/secret-value'
import { Sheet } from '@/components/ui/sheet'

/** A generated password, shown this once. */
export function NewPasswordSheet({
  email,
  password,
  onSaved,
}: {
  email: string
  password: string | null
  onSaved: () => void
}) {
  const t = useTranslations('operators')
  return (
    <Sheet
      isOpen={password !== null}
      onOpenChange={onSaved}
      title={t('passwordTitle')}
      description={t('shownOnce')}
      isPinned
    >
      <div className="flex flex-col gap-4">
        <SecretValue label={email} value={password ?? ''} hint={t('passwordHint')} />
        <Button look="primary" onClick={onSaved}>
          {t('saved')}
        </Button>
      </div>
    </Sheet>
  )
}
