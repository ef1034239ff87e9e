'use client'

import { useTranslations } from 'use-intl'
import type { ConnectorDetail } from '@/lib/dashboard/connector/detail'
import { Card } from '@/components/ui/card'
import { CopyIcon } from '@/components/ui/copy-icon'

/** What an administrator does in the console of WeCom, in the order that WeCom requires, with the address that it refused last. */
export function WecomSteps({ connector: { problems, isAssistant } }: { connector: ConnectorDetail }) {
  const t = useTranslations('connector.steps')
  const address = problems.find(({ reason }) => reason === 'wecom_check_ip')?.params?.['address']
  return (
    <Card title={t('title')} hint={t('hint')}>
      <ol className="list-decimal space-y-1.5 pl-5">
        <li>{t('callback')}</li>
        <li>
          {t('address')}{' '}
          {typeof address === 'string' ? (
            <span className="inline-flex items-center gap-1">
              <code className="font-mono text-sm">{address}</code>
              <CopyIcon text={address} label={t('copyAddress')} />
            </span>
          ) : (
            <span className="text-muted">{t('addressUnknown')}</span>
          )}
        </li>
        <li>{t('service')}</li>
        {isAssistant && <li>{t('groups')}</li>}
        <li>{t('check')}</li>
      </ol>
    </Card>
  )
}
