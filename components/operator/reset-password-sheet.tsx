'use client'

import { useTranslations } from 'use-intl'
import type { OperatorView } from '@/app/api/dashboard/views/operators'
import { SecretSheet } from '@/components/form/secret-sheet'
import { callDashboard } from '@/components/queries/call-dashboard'
import { useAct } from '@/components/queries/use-act'
import { Button } from '@/components/ui/button'
import { SecretValue } from '@/components/ui/secret-value'
import { operatorsQuery } from './operators-query'

type Props = { operator: OperatorView; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Says what a reset ends, then makes a new password and shows it this once. */
export function ResetPasswordSheet({ operator, ...sheet }: Props) {
  const t = useTranslations('operators')
  const { email } = operator
  return (
    <SecretSheet<{ password: string }>
      {...sheet}
      title={t('resetAsk', { email })}
      hint={t('resetLoses')}
      madeTitle={() => t('passwordTitle')}
      renderForm={(onMade) => <ResetButton operator={operator} onMade={onMade} />}
      renderMade={({ password }) => <SecretValue label={email} value={password} hint={t('passwordHint')} />}
    />
  )
}

function ResetButton({ operator, onMade }: { operator: OperatorView; onMade: (made: { password: string }) => void }) {
  const t = useTranslations('operators')
  const reset = useAct({
    call: () => callDashboard<{ password: string }>(`/operators/${operator.id}/password`, 'POST'),
    refresh: [operatorsQuery().queryKey],
    onDone: onMade,
  })
  return (
    <Button look="danger" isBusy={reset.isPending} onClick={() => reset.mutate()}>
      {t('resetPassword')}
    </Button>
  )
}
