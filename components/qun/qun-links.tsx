'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { QunDetail } from '@/lib/dashboard/qun/detail'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { CopyIcon } from '@/components/ui/copy-icon'
import { loadPart } from '@/components/ui/load-part'

// Loaded when it is opened, as most visits do not.
const PosterSheet = dynamic(() =>
  loadPart(() => import('@/components/qun/poster-sheet').then((file) => file.PosterSheet)),
)

const copyNames = { joinLink: 'copyJoinLink', ownerLink: 'copyOwnerLink' } as const

/** The join link, which prints as a poster, and the owner's link. */
export function QunLinks({ qun }: { qun: QunDetail }) {
  const t = useTranslations('qun')
  const [isPosterOpen, setPosterOpen] = useState(false)
  const links = [
    { key: 'joinLink' as const, url: qun.url },
    ...(qun.ownerUrl ? [{ key: 'ownerLink' as const, url: qun.ownerUrl }] : []),
  ]
  return (
    <Card
      title={t('links')}
      hint={t('linksHint')}
      action={<Button onClick={() => setPosterOpen(true)}>{t('poster.open')}</Button>}
    >
      <dl className="flex flex-col gap-4">
        {links.map(({ key, url }) => (
          <div key={key}>
            <dt className="text-sm text-muted">{t(key)}</dt>
            <dd className="flex items-start gap-1 font-mono text-sm break-all">
              <a className="link py-1" href={url} target="_blank" rel="noreferrer">
                {url}
              </a>
              <CopyIcon text={url} label={t(copyNames[key])} />
            </dd>
          </div>
        ))}
      </dl>
      {isPosterOpen && <PosterSheet qun={qun} onClose={() => setPosterOpen(false)} />}
    </Card>
  )
}
