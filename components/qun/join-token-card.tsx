'use client'

import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { QunDetail, TokenView } from '@/app/api/dashboard/views/quns'
import { useCanChange } from '@/components/frame/role-context'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { RelativeTime } from '@/components/ui/relative-time'
import { RenewTokenSheet } from './renew-token-sheet'

/** The join token, what limits it, a new one in its place, and those it took the place of. */
export function JoinTokenCard({ qun: { id, tokens } }: { qun: QunDetail }) {
  const t = useTranslations('qun')
  const canChange = useCanChange()
  const [isRenewing, setRenewing] = useState(false)
  const token = tokens.find(({ state }) => state !== 'replaced')
  const earlier = tokens.filter(({ state }) => state === 'replaced')
  const action = canChange && <Button onClick={() => setRenewing(true)}>{t('renew')}</Button>
  return (
    <Card title={t('token')} hint={t('tokenHint')} action={action}>
      {!token && <p className="text-muted">{t('noToken')}</p>}
      {token && (
        <>
          <p className="flex flex-wrap items-center gap-2">
            <span className="font-mono text-lg break-all">{token.text}</span>
            <CopyButton text={token.text} look="quiet" />
            {token.state !== 'active' && <Badge tone="bad">{t(`tokenState.${token.state}`)}</Badge>}
          </p>
          <Limits token={token} />
        </>
      )}
      {earlier.length > 0 && (
        <details className="mt-4">
          <summary className="text-sm text-muted">{t('earlierTokens', { count: earlier.length })}</summary>
          <ul className="mt-2 flex flex-col gap-2">
            {earlier.map((old) => (
              <li key={old.id} className="text-sm">
                <span className="font-mono break-all">{old.text}</span>
                <Limits token={old} />
              </li>
            ))}
          </ul>
        </details>
      )}
      <RenewTokenSheet qunId={id} isOpen={isRenewing} onOpenChange={setRenewing} />
    </Card>
  )
}

/** How many have used a token, of how many, until when, and since when it is there. */
function Limits({ token: { maxUses, useCount, expiresAt, createdAt } }: { token: TokenView }) {
  const t = useTranslations('qun')
  const format = useFormatter()
  const until = expiresAt && format.dateTime(new Date(expiresAt), { dateStyle: 'medium' })
  return (
    <p className="mt-1 text-sm text-muted">
      {maxUses === null ? t('tokenUses', { count: useCount }) : t('tokenUsesOf', { count: useCount, most: maxUses })}
      {' · '}
      {until ? t('tokenUntil', { date: until }) : t('tokenForever')}
      {' · '}
      {t('tokenMade')} <RelativeTime at={createdAt} />
    </p>
  )
}
