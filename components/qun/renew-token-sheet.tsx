'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { endOfDay } from '@/components/form/day'
import { callDashboard } from '@/components/queries/call-dashboard'
import { useAct } from '@/components/queries/use-act'
import { useErrorText } from '@/components/queries/use-error-text'
import { Button } from '@/components/ui/button'
import { TextField } from '@/components/ui/field'
import { Sheet } from '@/components/ui/sheet'
import { qunQuery } from './qun-queries'

type Props = { qunId: string; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Puts a new join token in place of the old one. */
export function RenewTokenSheet({ qunId, isOpen, onOpenChange }: Props) {
  const t = useTranslations('qun')
  const describe = useErrorText()
  const [expiresOn, setExpiresOn] = useState('')
  const [maxUses, setMaxUses] = useState('')
  const renew = useAct({
    call: () =>
      callDashboard(`/quns/${qunId}/token`, 'POST', {
        expiresAt: endOfDay(expiresOn),
        maxUses: maxUses ? Number(maxUses) : null,
      }),
    done: t('renewed'),
    refresh: [qunQuery(qunId).queryKey],
    isQuiet: true,
    onDone: () => onOpenChange(false),
  })
  return (
    <Sheet isOpen={isOpen} onOpenChange={onOpenChange} title={t('renew')} description={t('renewHint')}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          renew.mutate()
        }}
      >
        <TextField
          label={t('expiresOn')}
          hint={t('expiresHint')}
          error={renew.error && describe(renew.error)}
          type="date"
          value={expiresOn}
          onChange={(event) => setExpiresOn(event.target.value)}
        />
        <TextField
          label={t('maxUses')}
          hint={t('maxUsesHint')}
          type="number"
          min={1}
          max={100_000}
          value={maxUses}
          onChange={(event) => setMaxUses(event.target.value)}
        />
        <Button type="submit" look="primary" isBusy={renew.isPending}>
          {t('renew')}
        </Button>
      </form>
    </Sheet>
  )
}
