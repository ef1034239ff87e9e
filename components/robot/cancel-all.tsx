'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { useCancelSends } from './use-cancel-sends'

type Seen = { waitingCount: number; lastSequence: number }

/** Cancels what waited when it was pressed, after asking. */
export function CancelAll({ robotId, ...now }: { robotId: string } & Seen) {
  const t = useTranslations('pacing')
  const [asked, setAsked] = useState<Seen | null>(null)
  const cancel = useCancelSends(robotId, () => setAsked(null))
  return (
    <>
      <Button onClick={() => setAsked(now)}>{t('cancelAll')}</Button>
      <ConfirmDialog
        isOpen={asked !== null}
        onOpenChange={(isOpen) => !isOpen && setAsked(null)}
        title={t('cancelAllTitle', { count: asked?.waitingCount ?? 0 })}
        action={t('cancelAll')}
        keep={t('keepAll')}
        isBusy={cancel.isPending}
        onConfirm={() => asked && cancel.mutate({ throughSequence: asked.lastSequence })}
      >
        {t('cancelAllLoses')}
      </ConfirmDialog>
    </>
  )
}
