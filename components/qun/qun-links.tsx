'use client'

import { useTranslations } from 'use-intl'
import type { QunDetail } from '@/lib/dashboard/qun/detail'
import { Card } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'

/** The join link, which prints as a poster, and the owner's link. */
export function QunLinks({ qun }: { qun: QunDetail }) {
  const t = useTranslations('qun')
  const links = [
    { key: 'joinLink' as const, url: qun.url },
    ...(qun.ownerUrl ? [{ key: 'ownerLink' as const, url: qun.ownerUrl }] : []),
  ]
  return (
    <Card title={t('links')} hint={t('linksHint')}>
      <dl className="flex flex-col gap-4">
        {links.map(({ key, url }) => (
          <div key={key}>
            <dt className="text-sm text-muted">{t(key)}</dt>
            <dd className="flex flex-wrap items-center gap-2 font-mono text-sm break-all">
              <a className="link" href={url} target="_blank" rel="noreferrer">
                {url}
              </a>
              <CopyButton text={url} variant="quiet" />
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
