'use client'

import { useFormatter, useTranslations } from 'use-intl'
import type { TokenView } from '@/lib/dashboard/application/detail'
import type { OutputOf } from '@/lib/dashboard/wire'
import { SecretSheet } from '@/components/form/secret-sheet'
import { SecretValue } from '@/components/ui/secret-value'
import { RotateForm } from '@/components/application/rotate-form'

type Props = { applicationId: string; token: TokenView; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }
type Rotated = OutputOf<'POST', '/applications/[applicationId]/tokens/[tokenId]/rotate'>

/** Rotates a token and shows the new one once. */
export function RotateTokenSheet({ applicationId, token, ...sheet }: Props) {
  const t = useTranslations('token')
  const format = useFormatter()
  const at = (timestamp: string) => format.dateTime(new Date(timestamp), { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <SecretSheet<Rotated>
      {...sheet}
      title={t('rotateTitle', { name: token.name })}
      hint={t('rotateHint')}
      madeTitle={() => t('rotatedTitle')}
      renderForm={(onMade) => (
        <RotateForm
          call={(body, send) =>
            send('POST', '/applications/[applicationId]/tokens/[tokenId]/rotate', {
              ids: { applicationId, tokenId: token.id },
              body,
            })
          }
          hint={token.isInCallbacks ? t('overlapHintInCallbacks') : t('overlapHint')}
          action={t('rotate')}
          mayExpire={!token.isCallbackOnly}
          onMade={onMade}
        />
      )}
      renderMade={(rotated) => (
        <>
          <SecretValue label={token.name} value={rotated.token} hint={t('tokenHint')} />
          <p>{t('rotatedUntil', { lastFour: token.lastFour, time: at(rotated.oldEndsAt) })}</p>
          {token.isInCallbacks && <p>{t('rotatedInCallbacks')}</p>}
        </>
      )}
    />
  )
}
