'use client'

import Ellipsis from 'lucide-react/icons/ellipsis'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { OperatorView } from '@/app/api/dashboard/views/operators'
import { callDashboard } from '@/components/queries/call-dashboard'
import { useAct } from '@/components/queries/use-act'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Menu, MenuItem } from '@/components/ui/menu'
import { NewPasswordSheet } from './new-password-sheet'
import { operatorsQuery } from './operators-query'

/** What an admin can do about somebody else. */
export function OperatorActions({ operator }: { operator: OperatorView }) {
  const t = useTranslations('operators')
  const [asking, setAsking] = useState<'remove' | 'password' | null>(null)
  const { id, email } = operator
  const otherRole = operator.role === 'admin' ? 'viewer' : 'admin'
  const refresh = [operatorsQuery().queryKey]
  const close = () => setAsking(null)
  const changeRole = useAct({
    call: () => callDashboard(`/operators/${id}`, 'PATCH', { role: otherRole }),
    done: t('roleChanged', { email }),
    refresh,
  })
  const remove = useAct({
    call: () => callDashboard(`/operators/${id}`, 'DELETE'),
    done: t('removed', { email }),
    refresh,
    onDone: close,
  })
  const reset = useAct({
    call: () => callDashboard<{ password: string }>(`/operators/${id}/password`, 'POST'),
    onDone: close,
  })
  return (
    <>
      <Menu label={t('actionsOn', { email })} trigger={<Ellipsis size={18} aria-hidden />}>
        <MenuItem onSelect={() => changeRole.mutate()}>{t(`make.${otherRole}`)}</MenuItem>
        <MenuItem onSelect={() => setAsking('password')}>{t('resetPassword')}</MenuItem>
        <MenuItem isDanger onSelect={() => setAsking('remove')}>
          {t('remove')}
        </MenuItem>
      </Menu>
      <ConfirmDialog
        isOpen={asking === 'password'}
        onOpenChange={close}
        title={t('resetAsk', { email })}
        action={t('resetPassword')}
        isBusy={reset.isPending}
        onConfirm={() => reset.mutate()}
      >
        {t('resetLoses')}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asking === 'remove'}
        onOpenChange={close}
        title={t('removeAsk', { email })}
        action={t('remove')}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate()}
      >
        {t('removeLoses')}
      </ConfirmDialog>
      <NewPasswordSheet email={email} password={reset.data?.password ?? null} onSaved={() => reset.reset()} />
    </>
  )
}
