'use client'

import { useTranslations } from 'use-intl'
import { SecretSheet } from '@/components/form/secret-sheet'
import { SecretValue } from '@/components/ui/secret-value'
import { tokenScopes } from '@/lib/db/types'
import { TokenForm } from '@/components/application/token-form'

type Props = { applicationId: string; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }
type Issued = { name: string; token: string }

const values = {
  name: '',
  expiresAt: null,
  rateLimitPerMinute: 600,
  scopes: [...tokenScopes],
  robotIds: [],
  networks: [],
}

/** Issues a token and shows it once. */
export function IssueTokenSheet({ applicationId, ...sheet }: Props) {
  const t = useTranslations('token')
  return (
    <SecretSheet<Issued>
      {...sheet}
      title={t('issue')}
      hint={t('issueHint')}
      madeTitle={() => t('issuedTitle')}
      renderForm={(onMade) => (
        <TokenForm
          applicationId={applicationId}
          values={values}
          action={t('issue')}
          call={(body, send) => send('POST', '/applications/[applicationId]/tokens', { ids: { applicationId }, body })}
          onDone={({ token }, { name }) => onMade({ token, name })}
        />
      )}
      renderMade={({ name, token }) => <SecretValue label={name} value={token} hint={t('tokenHint')} />}
    />
  )
}
