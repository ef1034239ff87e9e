'use client'

import { useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { ApplicationDetail, TokenView } from '@/app/api/dashboard/views/applications'
import { useCanChange } from '@/components/frame/role-context'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { RepeatTokenSheet } from './repeat-token-sheet'
import { RollTokenSheet } from './roll-token-sheet'
import { SeparateTokenSheet } from './separate-token-sheet'

/** Which token callbacks repeat, which follows it and when, and how to change that, there and back. */
export function CallbackTokenCard({ application }: { application: ApplicationDetail }) {
  const t = useTranslations('callbackToken')
  const format = useFormatter()
  const canChange = useCanChange()
  // Kept while its sheet is open: the list behind names another as soon as it is rolled.
  const [rolling, setRolling] = useState<TokenView | null>(null)
  const [open, setOpen] = useState<'roll' | 'separate' | 'repeat' | null>(null)
  const current = application.tokens.find((token) => token.isInCallbacks)
  const next = application.tokens.find((token) => token.inCallbacksFrom)
  if (!current) return null
  const isOwn = current.isCallbackOnly
  const sheet = (name: typeof open) => ({
    applicationId: application.id,
    isOpen: open === name,
    onOpenChange: (isOpen: boolean) => setOpen(isOpen ? name : null),
  })
  const roll = () => {
    setRolling(current)
    setOpen('roll')
  }
  const change = isOwn ? (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => setOpen('repeat')}>{t('repeat')}</Button>
      <Button onClick={roll}>{t('roll')}</Button>
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
      {rolling && <RollTokenSheet {...sheet('roll')} token={rolling} />}
      <SeparateTokenSheet {...sheet('separate')} />
      <RepeatTokenSheet {...sheet('repeat')} />
    </Card>
  )
}
