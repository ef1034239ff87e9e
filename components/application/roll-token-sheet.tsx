'use client'

import { useFormatter, useTranslations } from 'use-intl'
import type { TokenView } from '@/app/api/dashboard/views/applications'
import { SecretSheet } from '@/components/form/secret-sheet'
import { SecretValue } from '@/components/ui/secret-value'
import { RollForm } from './roll-form'

type Props = { applicationId: string; token: TokenView; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }
type Rolled = { token: string; oldEndsAt: string }

/** Issues a token in another's place and shows it this once. */
export function RollTokenSheet({ applicationId, token, ...sheet }: Props) {
  const t = useTranslations('token')
  const format = useFormatter()
  const at = (moment: string) => format.dateTime(new Date(moment), { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <SecretSheet<Rolled>
      {...sheet}
      title={t('rollTitle', { name: token.name })}
      hint={t('rollHint')}
      madeTitle={() => t('rolledTitle')}
      renderForm={(onMade) => (
        <RollForm<Rolled>
          path={`${applicationId}/tokens/${token.id}/roll`}
          hint={token.isInCallbacks ? t('overlapHintInCallbacks') : t('overlapHint')}
          action={t('roll')}
          mayExpire={!token.isCallbackOnly}
          onMade={onMade}
        />
      )}
      renderMade={(rolled) => (
        <>
          <SecretValue label={token.name} value={rolled.token} hint={t('tokenHint')} />
          <p>{t('rolledUntil', { lastFour: token.lastFour, time: at(rolled.oldEndsAt) })}</p>
          {token.isInCallbacks && <p>{t('rolledInCallbacks')}</p>}
        </>
      )}
    />
  )
}
