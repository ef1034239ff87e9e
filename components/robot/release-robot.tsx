'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { RobotView } from '@/app/api/dashboard/views/robots'
import { callDashboard } from '@/components/queries/call-dashboard'
import { robotQuery, robotsQuery, roomsQuery } from '@/components/queries/queries'
import { useAct } from '@/components/queries/use-act'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { robotName } from './robot-name'

/** Lets another WeChat account take the robot over at the next login, after asking. */
export function ReleaseRobot({ robot }: { robot: RobotView }) {
  const t = useTranslations('robotSettings')
  const [isAsking, setAsking] = useState(false)
  const isLoggedIn = robot.status === 'online' || robot.status === 'reconnecting'
  const release = useAct({
    call: () => callDashboard(`/robots/${robot.id}/release`, 'POST', {}),
    done: t('released'),
    refresh: [robotQuery(robot.id).queryKey, robotsQuery().queryKey, roomsQuery(robot.id).queryKey],
    onDone: () => setAsking(false),
  })
  return (
    <>
      <Button disabled={isLoggedIn} onClick={() => setAsking(true)}>
        {t('release')}
      </Button>
      {isLoggedIn && <p className="mt-2 text-sm text-muted">{t('releaseNeedsLogout')}</p>}
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={t('releaseAsk', { name: robotName(robot) })}
        action={t('release')}
        isBusy={release.isPending}
        onConfirm={() => release.mutate()}
      >
        {t('releaseLoses')}
      </ConfirmDialog>
    </>
  )
}
