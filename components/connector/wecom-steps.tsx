'use client'

import { useTranslations } from 'use-intl'
import type { ConnectorDetail } from '@/lib/dashboard/connector/detail'
import { Card } from '@/components/ui/card'
import { CopyIcon } from '@/components/ui/copy-icon'
import { RelativeTime } from '@/components/ui/relative-time'
import { WecomPreconditions } from '@/components/connector/wecom-preconditions'

/** What a company needs and what an administrator does in the console of WeCom, in the order that WeCom requires, with the addresses that it saw. */
export function WecomSteps({ connector: { seenAddresses, isAssistant } }: { connector: ConnectorDetail }) {
  const t = useTranslations('connector.steps')
  return (
    <Card title={t('title')} hint={t('hint')}>
      <WecomPreconditions />
      <ol className="mt-4 list-decimal space-y-1.5 pl-5">
        <li>{t('callback')}</li>
        <li>
          {t('address')}{' '}
          {seenAddresses.length === 0 ? (
            <span className="text-muted">{t('addressUnknown')}</span>
          ) : (
            <ul aria-label={t('addresses')}>
              {seenAddresses.map(({ address, at }) => (
                <li key={address} className="flex flex-wrap items-center gap-x-1">
                  <code className="font-mono text-sm">{address}</code>
                  <CopyIcon text={address} label={t('copyAddress')} />
                  <span className="text-sm text-muted">
                    {t('seen')} <RelativeTime at={at} />
                  </span>
                </li>
              ))}
            </ul>
          )}
        </li>
        <li>{t('service')}</li>
        {isAssistant && <li>{t('groups')}</li>}
        <li>{t('check')}</li>
      </ol>
    </Card>
  )
}
