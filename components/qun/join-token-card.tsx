'use client'

import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { QunDetail } from '@/app/api/dashboard/views/quns'
import { useCanChange } from '@/components/frame/role-context'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { CopyButton } from '@/components/ui/copy-button'
import { RenewTokenSheet } from './renew-token-sheet'

/** The join token, what limits it, and a new one in its place. */
export function JoinTokenCard({ qun: { id, token } }: { qun: QunDetail }) {
  const t = useTranslations('qun')
  const format = useFormatter()
  const canChange = useCanChange()
  const [isRenewing, setRenewing] = useState(false)
  const action = canChange && <Button onClick={() => setRenewing(true)}>{t('renew')}</Button>
  if (!token) return null
  const isUsedUp = token.maxUses !== null && token.useCount >= token.maxUses
  const until = token.expiresAt ? format.dateTime(new Date(token.expiresAt), { dateStyle: 'medium' }) : null
  return (
    <Card title={t('token')} hint={t('tokenHint')} action={action}>
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-mono text-lg break-all">{token.text}</span>
        <CopyButton text={token.text} look="quiet" />
        {token.isExpired && <Badge tone="bad">{t('tokenExpired')}</Badge>}
        {isUsedUp && <Badge tone="bad">{t('tokenUsedUp')}</Badge>}
      </p>
      <p className="mt-1 text-sm text-muted">
        {token.maxUses === null
          ? t('tokenUses', { count: token.useCount })
          : t('tokenUsesOf', { count: token.useCount, most: token.maxUses })}
        {' · '}
        {until ? t('tokenUntil', { date: until }) : t('tokenForever')}
      </p>
      <RenewTokenSheet qunId={id} isOpen={isRenewing} onOpenChange={setRenewing} />
    </Card>
  )
}
