'use client'

import ExternalLink from 'lucide-react/icons/external-link'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useCanChange } from '@/components/shell/role-context'
import { robotQuery } from '@/components/queries/queries'
import { useAction } from '@/components/queries/use-action'
import { useErrorText } from '@/components/queries/use-error-text'
import { Button, ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { CredentialsPanel } from '@/components/robot/credentials-panel'
import { LogoutButton } from '@/components/robot/logout-button'
import { QrPanel } from '@/components/robot/qr-panel'
import { ReleaseRobot } from '@/components/robot/release-robot'

/** The login of a robot: the button, the live QR code, then the account and logout. */
export function SessionPanel({ robotId }: { robotId: string }) {
  const t = useTranslations('session')
  const canChange = useCanChange()
  const describe = useErrorText()
  const { data: robot } = useQuery(robotQuery(robotId))
  const login = useAction({
    call: (_input, send) => send('POST', '/robots/[robotId]/login', { ids: { robotId } }),
    refresh: [robotQuery(robotId).queryKey],
  })
  const cancel = useAction({
    call: (_input, send) => send('POST', '/robots/[robotId]/logout', { ids: { robotId } }),
    refresh: [robotQuery(robotId).queryKey],
    done: t('cancelled'),
  })
  const number = useAction({
    call: (body: { number: string }, send) => send('POST', '/robots/[robotId]/login/code', { ids: { robotId }, body }),
    refresh: [robotQuery(robotId).queryKey],
    isQuiet: true,
  })
  const enterNumber = (text: string) => number.mutateAsync({ number: text }).then(() => null, describe)
  if (!robot) return null
  const { rooms: hasRooms } = robot.capabilities
  const isGateway = robot.connection === 'gateway'
  const onlineHint = () => (isGateway ? t('onlineHintGateway') : t(hasRooms ? 'onlineHint' : 'onlineHintPrivate'))
  if (robot.capabilities.login === 'none') return <CredentialsPanel robot={robot} />

  if (robot.qr)
    return (
      <Card title={t('scanTitle')} hint={t('scanHint')}>
        <QrPanel qr={robot.qr} enterNumber={enterNumber} />
        <div className="mt-6 flex flex-wrap items-center justify-center gap-2">
          <CopyButton text={robot.qr.pageUrl} label={t('copyLink')} />
          <ButtonLink href={robot.qr.pageUrl} prefetch={false} target="_blank">
            {t('openLink')} <ExternalLink size={15} aria-hidden />
          </ButtonLink>
          {canChange && (
            <Button variant="quiet" isBusy={cancel.isPending} onClick={() => cancel.mutate()}>
              {t('cancel')}
            </Button>
          )}
        </div>
      </Card>
    )

  if (robot.isCodeHidden)
    return (
      <Card title={t('scanTitle')}>
        <p className="text-muted">{t('codeHidden')}</p>
      </Card>
    )

  if (robot.status === 'online' || robot.status === 'reconnecting') {
    const name = robot.nickname || robot.username
    const isOnline = robot.status === 'online'
    return (
      <Card
        title={isOnline ? t('onlineTitle', { name }) : t('reconnectingTitle')}
        hint={isOnline ? onlineHint() : t('reconnectingHint')}
      >
        <div className="flex flex-wrap gap-2">
          {hasRooms && (
            <ButtonLink variant="primary" href={`/dashboard/robots/${robotId}/rooms`}>
              {t('toRooms')}
            </ButtonLink>
          )}
          <ButtonLink variant={hasRooms ? 'plain' : 'primary'} href={`/dashboard/robots/${robotId}/messages`}>
            {t('toMessages')}
          </ButtonLink>
          {canChange && <LogoutButton robot={robot} />}
        </div>
      </Card>
    )
  }

  return (
    <Card title={t('offlineTitle')} hint={t(offlineHints[robot.connection])}>
      {isGateway && <p className="mb-4 rounded bg-warn-soft px-3 py-2 text-warn">{t('riskGateway')}</p>}
      {robot.endReason && (
        <output className="block mb-4 rounded bg-sunken px-3 py-2">
          {t(
            robot.connection === 'ilink' && isIlinkEnd(robot.endReason)
              ? `endedIlink.${robot.endReason}`
              : isGateway && isGatewayEnd(robot.endReason)
                ? `endedGateway.${robot.endReason}`
                : `ended.${robot.endReason}`,
          )}
        </output>
      )}
      {canChange && (
        <Button variant="primary" isBusy={login.isPending} onClick={() => login.mutate()}>
          {t('login')}
        </Button>
      )}
      {canChange && robot.endReason === 'other_account' && (
        <div className="mt-6 border-t border-subtle pt-4">
          <h3 className="font-medium">{t('changeAccount')}</h3>
          <p className="mb-3 text-sm text-muted">{t('changeAccountHint')}</p>
          <ReleaseRobot robot={robot} />
        </div>
      )}
    </Card>
  )
}

/** The ends that mean something else for an iLink robot. */
function isIlinkEnd(reason: string): reason is 'expired' | 'login_refused' {
  return reason === 'expired' || reason === 'login_refused'
}

/** The ends that mean something else for a gateway robot. */
function isGatewayEnd(reason: string): reason is 'logged_out_on_phone' | 'expired' | 'login_refused' {
  return reason === 'logged_out_on_phone' || isIlinkEnd(reason)
}

/** What a login needs, by connection; 微信客服 has none. */
const offlineHints = {
  web: 'offlineHint',
  ilink: 'offlineHintIlink',
  wecom_kf: 'offlineHint',
  wecom_group: 'offlineHint',
  gateway: 'offlineHintGateway',
} as const
