import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { SecretValue } from '@/components/ui/secret-value'

type Props = { name: string; token: string; onSaved: () => void; children?: ReactNode }

/** A token shown this once; what else there is to know of it stands below. */
export function IssuedToken({ name, token, onSaved, children }: Props) {
  const t = useTranslations('token')
  return (
    <div className="flex flex-col gap-4">
      <SecretValue label={name} value={token} hint={t('tokenHint')} />
      {children}
      <Button look="primary" onClick={onSaved}>
        {t('saved')}
      </Button>
    </div>
  )
}
