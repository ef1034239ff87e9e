'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { useCancelSends } from '@/components/robot/use-cancel-sends'

type Seen = { waitingCount: number; lastSequence: number }

/** Cancels all messages that are queued at the time of the click, after a confirmation. */
export function CancelAll({ robotId, ...now }: { robotId: string } & Seen) {
  const t = useTranslations('pacing')
  const [snapshot, setSnapshot] = useState<Seen | null>(null)
  const cancel = useCancelSends(robotId, () => setSnapshot(null))
  return (
    <>
      <Button onClick={() => setSnapshot(now)}>{t('cancelAll')}</Button>
      <ConfirmDialog
        isOpen={snapshot !== null}
        onOpenChange={(isOpen) => !isOpen && setSnapshot(null)}
        title={t('cancelAllTitle', { count: snapshot?.waitingCount ?? 0 })}
        action={t('cancelAll')}
        keep={t('keepAll')}
        isBusy={cancel.isPending}
        onConfirm={() => snapshot && cancel.mutate({ throughSequence: snapshot.lastSequence })}
      >
        {t('cancelAllEffect')}
      </ConfirmDialog>
    </>
  )
}
