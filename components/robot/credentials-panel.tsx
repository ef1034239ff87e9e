'use client'

import { useTranslations } from 'use-intl'
import type { RobotDetail } from '@/lib/dashboard/robot/detail'
import { useSentenceText } from '@/components/queries/use-sentence-text'
import { ButtonLink, DownloadLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { Picture } from '@/components/ui/picture'

/** The state of a robot that connects with company credentials, and the link by which people open a chat with it. */
export function CredentialsPanel({ robot }: { robot: RobotDetail }) {
  const t = useTranslations('credentials')
  const tCause = useTranslations('history.cause')
  const say = useSentenceText()
  const { id, status, contact, connectorId, endReason, outageCause, refusedHandovers: refused } = robot
  const isUp = status === 'online' || status === 'reconnecting'
  const name = robot.nickname || robot.username
  const title = status === 'online' ? t('onlineTitle', { name }) : t(isUp ? 'reconnectingTitle' : 'offlineTitle')
  const problem = endReason === 'login_refused' ? 'account' : endReason === 'expired' ? 'expired' : null
  return (
    <div className="flex flex-col gap-6">
      {refused.latest && (
        <Card title={t('refusedTitle', { count: refused.count })} hint={t('refusedHint')}>
          <p className="mb-4 rounded bg-warn-soft px-3 py-2 text-warn wrap-anywhere">
            {say(refused.latest) ?? refused.latest.reason}
          </p>
          <div className="flex flex-wrap gap-2">
            <ButtonLink variant="primary" href={`/dashboard/inbox?robot=${encodeURIComponent(id)}&view=waiting`}>
              {t('toWaiting')}
            </ButtonLink>
            <ButtonLink href={`/dashboard/robots/${encodeURIComponent(id)}/settings`}>{t('toReception')}</ButtonLink>
          </div>
        </Card>
      )}
      <Card title={title} hint={t(isUp ? 'onlineHint' : 'offlineHint')}>
        {outageCause && (
          <output className="mb-4 block rounded bg-warn-soft px-3 py-2 text-warn">{tCause(outageCause)}</output>
        )}
        {!isUp && problem && <output className="mb-4 block rounded bg-sunken px-3 py-2">{t(problem)}</output>}
        <div className="flex flex-wrap gap-2">
          {isUp && (
            <ButtonLink variant="primary" href={`/dashboard/robots/${id}/messages`}>
              {t('toMessages')}
            </ButtonLink>
          )}
          {connectorId && (
            <ButtonLink
              variant={isUp ? 'plain' : 'primary'}
              href={`/dashboard/settings/connectors/${encodeURIComponent(connectorId)}`}
            >
              {t('toConnector')}
            </ButtonLink>
          )}
        </div>
      </Card>
      {contact && (
        <Card title={t('contactTitle')} hint={t('contactHint')}>
          <div className="flex flex-col items-center gap-4 sm:flex-row sm:items-start">
            {/* White in dark mode as well: some phones cannot read a QR code on a dark background. */}
            <div className="rounded-lg border border-subtle bg-white p-3">
              <Picture src={contact.qrUrl} alt={t('contactAlt', { name })} width={200} height={200} className="block" />
            </div>
            <div className="flex min-w-0 flex-col items-start gap-3">
              <a href={contact.url} target="_blank" rel="noreferrer" className="link text-sm break-all">
                {contact.url}
              </a>
              <div className="flex flex-wrap gap-2">
                <CopyButton text={contact.url} label={t('copyContact')} />
                <DownloadLink href={contact.qrUrl} download={`${name}.png`}>
                  {t('savePicture')}
                </DownloadLink>
              </div>
            </div>
          </div>
        </Card>
      )}
    </div>
  )
}
