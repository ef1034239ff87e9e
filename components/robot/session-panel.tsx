'use client'

import ExternalLink from 'lucide-react/icons/external-link'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useCanChange } from '@/components/frame/role-context'
import { callDashboard } from '@/components/queries/call-dashboard'
import { robotQuery } from '@/components/queries/queries'
import { useAct } from '@/components/queries/use-act'
import { Button, ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { LogoutButton } from './logout-button'
import { QrPanel } from './qr-panel'
import { ReleaseRobot } from './release-robot'

/** A robot's login: the button, then the live code, then who is online and the way out. */
export function SessionPanel({ robotId }: { robotId: string }) {
  const t = useTranslations('session')
  const canChange = useCanChange()
  const { data: robot } = useQuery(robotQuery(robotId))
  const login = useAct({
    call: () => callDashboard(`/robots/${robotId}/login`, 'POST', {}),
    refresh: [robotQuery(robotId).queryKey],
  })
  const cancel = useAct({
    call: () => callDashboard(`/robots/${robotId}/logout`, 'POST', {}),
    refresh: [robotQuery(robotId).queryKey],
    done: t('cancelled'),
  })
  if (!robot) return null

  if (robot.qr)
    return (
      <Card title={t('scanTitle')} hint={t('scanHint')}>
        <QrPanel qr={robot.qr} />
        <div className="mt-6 flex flex-wrap items-center justify-center gap-2">
          <CopyButton text={robot.qr.pageUrl} label={t('copyLink')} />
          <ButtonLink href={robot.qr.pageUrl} prefetch={false} target="_blank">
            {t('openLink')} <ExternalLink size={15} aria-hidden />
          </ButtonLink>
          {canChange && (
            <Button look="quiet" isBusy={cancel.isPending} onClick={() => cancel.mutate()}>
              {t('cancel')}
            </Button>
          )}
        </div>
      </Card>
    )

  if (robot.status === 'online' || robot.status === 'reconnecting') {
    const name = robot.nickname || robot.username
    const isOnline = robot.status === 'online'
    return (
      <Card
        title={isOnline ? t('onlineTitle', { name }) : t('reconnectingTitle')}
        hint={isOnline ? t('onlineHint') : t('reconnectingHint')}
      >
        <div className="flex flex-wrap gap-2">
          <ButtonLink look="primary" href={`/dashboard/robots/${robotId}/rooms`}>
            {t('toRooms')}
          </ButtonLink>
          <ButtonLink href={`/dashboard/robots/${robotId}/messages`}>{t('toMessages')}</ButtonLink>
          {canChange && <LogoutButton robot={robot} />}
        </div>
      </Card>
    )
  }

  return (
    <Card title={t('offlineTitle')} hint={t('offlineHint')}>
      {robot.endReason && (
        <output className="block mb-4 rounded bg-sunken px-3 py-2">{t(`ended.${robot.endReason}`)}</output>
      )}
      {canChange && (
        <Button look="primary" isBusy={login.isPending} onClick={() => login.mutate()}>
          {t('login')}
        </Button>
      )}
      {canChange && robot.endReason === 'other_account' && (
        <div className="mt-6 border-t border-subtle pt-4">
          <h3 className="font-medium">{t('ofAccount')}</h3>
          <p className="mb-3 text-sm text-muted">{t('ofAccountHint')}</p>
          <ReleaseRobot robot={robot} />
        </div>
      )}
    </Card>
  )
}
