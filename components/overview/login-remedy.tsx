'use client'

import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import type { RobotNeedView } from '@/app/api/dashboard/views/hands'
import { callDashboard } from '@/components/queries/call-dashboard'
import { overviewQuery } from '@/components/queries/queries'
import { useAct } from '@/components/queries/use-act'
import { Button, ButtonLink } from '@/components/ui/button'

/** Brings a robot's code before whoever holds the phone. */
export function LoginRemedy({ robot }: { robot: RobotNeedView }) {
  const t = useTranslations('overview')
  const router = useRouter()
  const page = `/dashboard/robots/${robot.id}/session`
  const login = useAct({
    call: () => callDashboard(`/robots/${robot.id}/login`, 'POST', {}),
    refresh: [overviewQuery().queryKey],
    onDone: () => router.push(page),
  })
  if (robot.status !== 'offline') return <ButtonLink href={page}>{t('seeCode')}</ButtonLink>
  return (
    <Button isBusy={login.isPending} onClick={() => login.mutate()}>
      {t('getCode')}
    </Button>
  )
}
