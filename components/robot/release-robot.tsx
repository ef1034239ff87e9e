'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { RobotView } from '@/lib/dashboard/robot/list'
import { robotQuery, robotsQuery, roomsQuery } from '@/components/queries/queries'
import { useAction } from '@/components/queries/use-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { robotName } from '@/components/robot/robot-name'

/** Releases the WeChat account of a robot after a confirmation, so that another account can log in. */
export function ReleaseRobot({ robot }: { robot: RobotView }) {
  const t = useTranslations('robotSettings')
  const [isConfirming, setConfirming] = useState(false)
  const isLoggedIn = robot.status === 'online' || robot.status === 'reconnecting'
  const release = useAction({
    call: (_input, send) => send('POST', '/robots/[robotId]/release', { ids: { robotId: robot.id } }),
    done: t('released'),
    refresh: [robotQuery(robot.id).queryKey, robotsQuery().queryKey, roomsQuery(robot.id).queryKey],
    onDone: () => setConfirming(false),
  })
  return (
    <>
      <Button disabled={isLoggedIn} onClick={() => setConfirming(true)}>
        {t('release')}
      </Button>
      {isLoggedIn && <p className="mt-2 text-sm text-muted">{t('releaseNeedsLogout')}</p>}
      <ConfirmDialog
        isOpen={isConfirming}
        onOpenChange={setConfirming}
        title={t('releaseAsk', { name: robotName(robot) })}
        action={t('release')}
        isBusy={release.isPending}
        onConfirm={() => release.mutate()}
      >
        {t('releaseEffect')}
      </ConfirmDialog>
    </>
  )
}
