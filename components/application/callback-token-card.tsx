'use client'

import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { ApplicationDetail, TokenView } from '@/app/api/dashboard/views/applications'
import { useCanChange } from '@/components/frame/role-context'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { RollTokenSheet } from './roll-token-sheet'
import { SeparateTokenSheet } from './separate-token-sheet'

/** Which token callbacks repeat, which follows it and when, and how to change that. */
export function CallbackTokenCard({ application }: { application: ApplicationDetail }) {
  const t = useTranslations('callbackToken')
  const format = useFormatter()
  const canChange = useCanChange()
  // Kept while its sheet is open: the list behind names another as soon as it is rolled.
  const [rolling, setRolling] = useState<TokenView | null>(null)
  const [isSeparating, setSeparating] = useState(false)
  const [opened, setOpened] = useState(0)
  const current = application.tokens.find((token) => token.isInCallbacks)
  const next = application.tokens.find((token) => token.inCallbacksFrom)
  if (!current) return null
  const isOwn = current.isCallbackOnly
  const change = () => {
    setOpened(opened + 1)
    if (isOwn) setRolling(current)
    else setSeparating(true)
  }
  return (
    <Card
      title={t('title')}
      hint={t('hint')}
      action={canChange && !next && <Button onClick={change}>{isOwn ? t('roll') : t('separate')}</Button>}
    >
      <p>
        <span className="font-mono text-sm">wx_…{current.lastFour}</span>{' '}
        <span className="text-muted">{isOwn ? t('isOwn') : t('isAccess', { name: current.name })}</span>
      </p>
      {next?.inCallbacksFrom && (
        <p className="mt-2 text-sm">
          {t('switches', {
            time: format.dateTime(new Date(next.inCallbacksFrom), { dateStyle: 'medium', timeStyle: 'short' }),
            lastFour: next.lastFour,
          })}
        </p>
      )}
      {!next && current.state !== 'active' && <p className="mt-2 text-sm text-warn">{t('lapsed')}</p>}
      {rolling && (
        <RollTokenSheet
          key={opened}
          applicationId={application.id}
          token={rolling}
          isOpen
          onOpenChange={(isOpen) => !isOpen && setRolling(null)}
        />
      )}
      <SeparateTokenSheet
        key={`own-${opened}`}
        applicationId={application.id}
        isOpen={isSeparating}
        onOpenChange={setSeparating}
      />
    </Card>
  )
}
