'use client'

import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { ApplicationDetail, TokenView } from '@/lib/dashboard/application/detail'
import { useCanChange } from '@/components/shell/role-context'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { SwitchBackSheet } from '@/components/application/switch-back-sheet'
import { RotateTokenSheet } from '@/components/application/rotate-token-sheet'
import { SeparateTokenSheet } from '@/components/application/separate-token-sheet'

/**
 * Shows the token that callbacks contain and the token that is scheduled to replace it. The operator rotates a separate token here, or switches
 * between an access token and a separate token.
 */
export function CallbackTokenCard({ application }: { application: ApplicationDetail }) {
  const t = useTranslations('callbackToken')
  const format = useFormatter()
  const canChange = useCanChange()
  // Does not change while the sheet is open, although `current` is another token after the rotation.
  const [rotating, setRotating] = useState<TokenView | null>(null)
  const [open, setOpen] = useState<'rotate' | 'separate' | 'switchBack' | null>(null)
  const current = application.tokens.find((token) => token.isInCallbacks)
  const next = application.tokens.find((token) => token.inCallbacksFrom)
  if (!current) return null
  const isOwn = current.isCallbackOnly
  const sheet = (name: typeof open) => ({
    applicationId: application.id,
    isOpen: open === name,
    onOpenChange: (isOpen: boolean) => setOpen(isOpen ? name : null),
  })
  const rotate = () => {
    setRotating(current)
    setOpen('rotate')
  }
  const change = isOwn ? (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => setOpen('switchBack')}>{t('switchBack')}</Button>
      <Button onClick={rotate}>{t('rotate')}</Button>
    </div>
  ) : (
    <Button onClick={() => setOpen('separate')}>{t('separate')}</Button>
  )
  return (
    <Card title={t('title')} hint={t('hint')} action={canChange && !next && change}>
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
      {rotating && <RotateTokenSheet {...sheet('rotate')} token={rotating} />}
      <SeparateTokenSheet {...sheet('separate')} />
      <SwitchBackSheet {...sheet('switchBack')} />
    </Card>
  )
}
