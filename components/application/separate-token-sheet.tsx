'use client'

import { useTranslations } from 'use-intl'
import { SecretSheet } from '@/components/form/secret-sheet'
import { SecretValue } from '@/components/ui/secret-value'
import { RollForm } from './roll-form'

type Props = { applicationId: string; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Gives callbacks a token of their own and shows it this once. */
export function SeparateTokenSheet({ applicationId, ...sheet }: Props) {
  const t = useTranslations('callbackToken')
  const ofTokens = useTranslations('token')
  return (
    <SecretSheet<{ token: string }>
      {...sheet}
      title={t('separate')}
      hint={t('separateHint')}
      madeTitle={() => ofTokens('issuedTitle')}
      renderForm={(onMade) => (
        <RollForm<{ token: string }>
          path={`${applicationId}/callback-token`}
          hint={t('overlapHint')}
          action={t('separate')}
          onMade={onMade}
        />
      )}
      renderMade={({ token }) => <SecretValue label={t('title')} value={token} hint={ofTokens('tokenHint')} />}
    />
  )
}
