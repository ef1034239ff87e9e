'use client'

import { useTranslations } from 'use-intl'
import type { OperatorView } from '@/lib/dashboard/operator/list'
import { SecretSheet } from '@/components/form/secret-sheet'
import { useAction } from '@/components/queries/use-action'
import { Button } from '@/components/ui/button'
import { SecretValue } from '@/components/ui/secret-value'
import { operatorsQuery } from '@/components/operator/operators-query'

type Props = { operator: OperatorView; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Explains the effect of a reset, then generates a password and shows it once. */
export function ResetPasswordSheet({ operator, ...sheet }: Props) {
  const t = useTranslations('operators')
  const { email } = operator
  return (
    <SecretSheet<{ password: string }>
      {...sheet}
      title={t('resetAsk', { email })}
      hint={t('resetEffect')}
      madeTitle={() => t('passwordTitle')}
      renderForm={(onMade) => <ResetButton operator={operator} onMade={onMade} />}
      renderMade={({ password }) => <SecretValue label={email} value={password} hint={t('passwordHint')} />}
    />
  )
}

function ResetButton({ operator, onMade }: { operator: OperatorView; onMade: (made: { password: string }) => void }) {
  const t = useTranslations('operators')
  const reset = useAction({
    call: (_input, send) => send('POST', '/operators/[operatorId]/password', { ids: { operatorId: operator.id } }),
    refresh: [operatorsQuery().queryKey],
    onDone: onMade,
  })
  return (
    <Button variant="danger" isBusy={reset.isPending} onClick={() => reset.mutate()}>
      {t('resetPassword')}
    </Button>
  )
}
