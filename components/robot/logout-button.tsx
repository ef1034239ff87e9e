'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { callDashboard } from '@/components/queries/call-dashboard'
import { robotQuery } from '@/components/queries/queries'
import { useAct } from '@/components/queries/use-act'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { robotName } from './robot-name'

/** Logs a robot out after asking. */
export function LogoutButton({ robot }: { robot: { id: string; nickname: string; username: string } }) {
  const t = useTranslations('session')
  const [isAsking, setAsking] = useState(false)
  const logout = useAct({
    call: () => callDashboard(`/robots/${robot.id}/logout`, 'POST', {}),
    done: t('loggedOut'),
    refresh: [robotQuery(robot.id).queryKey],
    onDone: () => setAsking(false),
  })
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('logout')}</Button>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={t('logoutTitle', { name: robotName(robot) })}
        action={t('logout')}
        isBusy={logout.isPending}
        onConfirm={() => logout.mutate()}
      >
        {t('logoutLoses')}
      </ConfirmDialog>
    </>
  )
}
