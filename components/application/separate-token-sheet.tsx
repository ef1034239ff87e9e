'use client'

import { useTranslations } from 'use-intl'
import type { OutputOf } from '@/lib/dashboard/wire'
import { SecretSheet } from '@/components/form/secret-sheet'
import { SecretValue } from '@/components/ui/secret-value'
import { RotateForm } from '@/components/application/rotate-form'

type Props = { applicationId: string; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Switches callbacks to a separate token and shows it once. */
export function SeparateTokenSheet({ applicationId, ...sheet }: Props) {
  const t = useTranslations('callbackToken')
  const ofTokens = useTranslations('token')
  return (
    <SecretSheet<OutputOf<'POST', '/applications/[applicationId]/callback-token'>>
      {...sheet}
      title={t('separate')}
      hint={t('separateHint')}
      madeTitle={() => ofTokens('issuedTitle')}
      renderForm={(onMade) => (
        <RotateForm
          call={({ overlapSeconds }, send) =>
            send('POST', '/applications/[applicationId]/callback-token', {
              ids: { applicationId },
              body: { overlapSeconds },
            })
          }
          hint={t('overlapHint')}
          action={t('separate')}
          onMade={onMade}
        />
      )}
      renderMade={({ token }) => <SecretValue label={t('title')} value={token} hint={ofTokens('tokenHint')} />}
    />
  )
}
