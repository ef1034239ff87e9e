'use client'

import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { QunDetail, JoinTokenView } from '@/lib/dashboard/qun/detail'
import { useCanChange } from '@/components/shell/role-context'
import { StateBadge } from '@/components/state/state-badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { CopyIcon } from '@/components/ui/copy-icon'
import { RelativeTime } from '@/components/ui/relative-time'
import { RotateTokenSheet } from '@/components/qun/rotate-token-sheet'

/** Shows the current join token with its limits, its renewal and the replaced tokens. */
export function JoinTokenCard({ qun: { id, tokens, isCustomerGroup } }: { qun: QunDetail }) {
  const t = useTranslations('qun')
  const canChange = useCanChange()
  const [isRotating, setRotating] = useState(false)
  const token = tokens.find(({ state }) => state !== 'replaced')
  const earlier = tokens.filter(({ state }) => state === 'replaced')
  const action = canChange && <Button onClick={() => setRotating(true)}>{t('rotate')}</Button>
  return (
    <Card title={t('token')} hint={t(isCustomerGroup ? 'customerGroupTokenHint' : 'tokenHint')} action={action}>
      {!token && <p className="text-muted">{t('noToken')}</p>}
      {token && (
        <>
          <p className="flex flex-wrap items-center gap-2">
            <span className="font-mono text-lg break-all">{token.text}</span>
            <CopyIcon text={token.text} />
            {token.state !== 'active' && <StateBadge kind="token" state={token.state} />}
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
      <RotateTokenSheet qunId={id} isOpen={isRotating} onOpenChange={setRotating} />
    </Card>
  )
}

function Limits({ token: { maxUses, useCount, expiresAt, createdAt } }: { token: JoinTokenView }) {
  const t = useTranslations('qun')
  const format = useFormatter()
  const until = expiresAt && format.dateTime(new Date(expiresAt), { dateStyle: 'medium' })
  return (
    <p className="mt-1 text-sm text-muted">
      {maxUses === null ? t('tokenUses', { count: useCount }) : t('tokenUsesOf', { count: useCount, most: maxUses })}
      {' · '}
      {until ? t('tokenUntil', { date: until }) : t('tokenForever')}
      {' · '}
      {t('tokenIssued')} <RelativeTime at={createdAt} />
    </p>
  )
}
