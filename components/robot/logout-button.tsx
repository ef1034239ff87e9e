'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { robotQuery } from '@/components/queries/queries'
import { useAction } from '@/components/queries/use-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { robotName } from '@/components/robot/robot-name'

/** Logs a robot out after a confirmation. */
export function LogoutButton({ robot }: { robot: { id: string; nickname: string; username: string } }) {
  const t = useTranslations('session')
  const [isConfirming, setConfirming] = useState(false)
  const logout = useAction({
    call: (_input, send) => send('POST', '/robots/[robotId]/logout', { ids: { robotId: robot.id } }),
    done: t('loggedOut'),
    refresh: [robotQuery(robot.id).queryKey],
    onDone: () => setConfirming(false),
  })
  return (
    <>
      <Button onClick={() => setConfirming(true)}>{t('logout')}</Button>
      <ConfirmDialog
        isOpen={isConfirming}
        onOpenChange={setConfirming}
        title={t('logoutTitle', { name: robotName(robot) })}
        action={t('logout')}
        isBusy={logout.isPending}
        onConfirm={() => logout.mutate()}
      >
        {t('logoutEffect')}
      </ConfirmDialog>
    </>
  )
}
