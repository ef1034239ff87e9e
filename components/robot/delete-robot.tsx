'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { callDashboard } from '@/components/queries/call-dashboard'
import { robotQuery } from '@/components/queries/queries'
import { useAct } from '@/components/queries/use-act'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { robotName } from './robot-name'

export function DeleteRobot({ robot }: { robot: { id: string; nickname: string; username: string } }) {
  const t = useTranslations('robotSettings')
  const router = useRouter()
  const client = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const remove = useAct({
    call: () => callDashboard(`/robots/${robot.id}`, 'DELETE'),
    done: t('deleted', { name: robotName(robot) }),
    onDone: () => {
      // Asked for once more it would be a 404 on a page that is about to go.
      void client.cancelQueries({ queryKey: robotQuery(robot.id).queryKey })
      router.push('/dashboard/robots')
    },
  })
  return (
    <>
      <Button look="danger" onClick={() => setAsking(true)}>
        {t('delete')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={t('deleteAsk', { name: robotName(robot) })}
        action={t('delete')}
        isBusy={remove.isPending || remove.isSuccess}
        onConfirm={() => remove.mutate()}
      >
        {t('deleteLoses')}
      </ConfirmDialog>
    </>
  )
}
