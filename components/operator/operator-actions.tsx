'use client'

import Ellipsis from 'lucide-react/icons/ellipsis'
import Link from 'next/link'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { OperatorView } from '@/app/api/dashboard/views/operators'
import { callDashboard } from '@/components/queries/call-dashboard'
import { useAct } from '@/components/queries/use-act'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Menu, MenuItem, MenuLink } from '@/components/ui/menu'
import { operatorsQuery } from './operators-query'
import { ResetPasswordSheet } from './reset-password-sheet'

/** What an admin can do about somebody else. */
export function OperatorActions({ operator }: { operator: OperatorView }) {
  const t = useTranslations('operators')
  const [asking, setAsking] = useState<'remove' | 'password' | null>(null)
  const { id, email } = operator
  const otherRole = operator.role === 'admin' ? 'viewer' : 'admin'
  const refresh = [operatorsQuery().queryKey]
  const changeRole = useAct({
    call: () => callDashboard(`/operators/${id}`, 'PATCH', { role: otherRole }),
    done: t('roleChanged', { email }),
    refresh,
  })
  const remove = useAct({
    call: () => callDashboard(`/operators/${id}`, 'DELETE'),
    done: t('removed', { email }),
    refresh,
    onDone: () => setAsking(null),
  })
  return (
    <>
      <Menu label={t('actionsOn', { email })} trigger={<Ellipsis size={18} aria-hidden />}>
        <MenuItem onSelect={() => changeRole.mutate()}>{t(`make.${otherRole}`)}</MenuItem>
        <MenuItem onSelect={() => setAsking('password')}>{t('resetPassword')}</MenuItem>
        <MenuLink>
          <Link href={`/dashboard/settings/audit?actor=operator:${id}`}>{t('seeAudit')}</Link>
        </MenuLink>
        <MenuItem isDanger onSelect={() => setAsking('remove')}>
          {t('remove')}
        </MenuItem>
      </Menu>
      <ResetPasswordSheet
        operator={operator}
        isOpen={asking === 'password'}
        onOpenChange={(isOpen) => setAsking(isOpen ? 'password' : null)}
      />
      <ConfirmDialog
        isOpen={asking === 'remove'}
        onOpenChange={(isOpen) => setAsking(isOpen ? 'remove' : null)}
        title={t('removeAsk', { email })}
        action={t('remove')}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate()}
      >
        {t('removeLoses')}
      </ConfirmDialog>
    </>
  )
}
