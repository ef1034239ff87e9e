'use client'

import Ellipsis from 'lucide-react/icons/ellipsis'
import Link from 'next/link'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { OperatorView } from '@/lib/dashboard/operator/list'
import { useAction } from '@/components/queries/use-action'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Menu, MenuItem, MenuLink } from '@/components/ui/menu'
import { operatorsQuery } from '@/components/operator/operators-query'
import { ResetPasswordSheet } from '@/components/operator/reset-password-sheet'

/** The actions of an admin on another operator. */
export function OperatorActions({ operator }: { operator: OperatorView }) {
  const t = useTranslations('operators')
  const [confirming, setConfirming] = useState<'remove' | 'password' | null>(null)
  const { id, email } = operator
  const otherRole = operator.role === 'admin' ? 'viewer' : 'admin'
  const refresh = [operatorsQuery().queryKey]
  const changeRole = useAction({
    call: (_input, send) =>
      send('PATCH', '/operators/[operatorId]', { ids: { operatorId: id }, body: { role: otherRole } }),
    done: t('roleChanged', { email }),
    refresh,
  })
  const remove = useAction({
    call: (_input, send) => send('DELETE', '/operators/[operatorId]', { ids: { operatorId: id } }),
    done: t('removed', { email }),
    refresh,
    onDone: () => setConfirming(null),
  })
  return (
    <>
      <Menu label={t('actionsOn', { email })} trigger={<Ellipsis size={18} aria-hidden />}>
        <MenuItem onSelect={() => changeRole.mutate()}>{t(`make.${otherRole}`)}</MenuItem>
        <MenuItem onSelect={() => setConfirming('password')}>{t('resetPassword')}</MenuItem>
        <MenuLink>
          <Link href={`/dashboard/settings/audit?actor=operator:${id}`}>{t('seeAudit')}</Link>
        </MenuLink>
        <MenuItem isDanger onSelect={() => setConfirming('remove')}>
          {t('remove')}
        </MenuItem>
      </Menu>
      <ResetPasswordSheet
        operator={operator}
        isOpen={confirming === 'password'}
        onOpenChange={(isOpen) => setConfirming(isOpen ? 'password' : null)}
      />
      <ConfirmDialog
        isOpen={confirming === 'remove'}
        onOpenChange={(isOpen) => setConfirming(isOpen ? 'remove' : null)}
        title={t('removeAsk', { email })}
        action={t('remove')}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate()}
      >
        {t('removeEffect')}
      </ConfirmDialog>
    </>
  )
}
