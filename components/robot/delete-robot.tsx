'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useNavigate } from '@/components/leave/use-navigate'
import { robotQuery } from '@/components/queries/queries'
import { useAction } from '@/components/queries/use-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { robotName } from '@/components/robot/robot-name'

export function DeleteRobot({ robot }: { robot: { id: string; nickname: string; username: string } }) {
  const t = useTranslations('robotSettings')
  const navigate = useNavigate()
  const client = useQueryClient()
  const [isConfirming, setConfirming] = useState(false)
  const remove = useAction({
    call: (_input, send) => send('DELETE', '/robots/[robotId]', { ids: { robotId: robot.id } }),
    done: t('deleted', { name: robotName(robot) }),
    onDone: () => {
      // A refetch would return 404 on a page that is about to close.
      void client.cancelQueries({ queryKey: robotQuery(robot.id).queryKey })
      navigate('/dashboard/robots')
    },
  })
  return (
    <>
      <Button variant="danger" onClick={() => setConfirming(true)}>
        {t('delete')}
      </Button>
      <ConfirmDialog
        isOpen={isConfirming}
        onOpenChange={setConfirming}
        title={t('deleteAsk', { name: robotName(robot) })}
        action={t('delete')}
        isBusy={remove.isPending || remove.isSuccess}
        onConfirm={() => remove.mutate()}
      >
        {t('deleteEffect')}
      </ConfirmDialog>
    </>
  )
}
