'use client'

import { useTranslations } from 'use-intl'
import { useNavigate } from '@/components/leave/use-navigate'
import type { RobotNeedView } from '@/lib/dashboard/overview/attention'
import { overviewQuery } from '@/components/queries/queries'
import { useAction } from '@/components/queries/use-action'
import { Button, ButtonLink } from '@/components/ui/button'

/** Gets a login QR code for a robot, or opens the current one. */
export function LoginAction({ robot }: { robot: RobotNeedView }) {
  const t = useTranslations('overview')
  const navigate = useNavigate()
  const page = `/dashboard/robots/${robot.id}/session`
  const login = useAction({
    call: (_input, send) => send('POST', '/robots/[robotId]/login', { ids: { robotId: robot.id } }),
    refresh: [overviewQuery().queryKey],
    onDone: () => navigate(page),
  })
  if (robot.status !== 'offline') return <ButtonLink href={page}>{t('seeCode')}</ButtonLink>
  return (
    <Button isBusy={login.isPending} onClick={() => login.mutate()}>
      {t('getCode')}
    </Button>
  )
}
