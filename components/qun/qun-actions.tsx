'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { QunDetail } from '@/app/api/dashboard/views/quns'
import { callDashboard } from '@/components/queries/call-dashboard'
import { useAct } from '@/components/queries/use-act'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { qunQuery, qunsQuery } from './qun-queries'

type Change = { isPaused?: boolean; isClosed?: boolean }

/** Pause, go on, close, open again. */
export function QunActions({ qun }: { qun: QunDetail }) {
  const t = useTranslations('qun')
  const [isAsking, setAsking] = useState(false)
  const change = useAct({
    call: (input: Change) => callDashboard(`/quns/${qun.id}`, 'PATCH', input),
    done: t('saved'),
    refresh: [qunQuery(qun.id).queryKey, qunsQuery().queryKey],
    onDone: () => setAsking(false),
  })
  if (qun.status === 'closed')
    return (
      <Button isBusy={change.isPending} onClick={() => change.mutate({ isClosed: false })}>
        {t('reopen')}
      </Button>
    )
  const isPaused = qun.status === 'paused'
  return (
    <>
      <Button isBusy={change.isPending} onClick={() => change.mutate({ isPaused: !isPaused })}>
        {isPaused ? t('resume') : t('pause')}
      </Button>
      <Button onClick={() => setAsking(true)}>{t('close')}</Button>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={t('closeAsk', { name: qun.name })}
        action={t('close')}
        isBusy={change.isPending}
        onConfirm={() => change.mutate({ isClosed: true })}
      >
        {t('closeLoses')}
      </ConfirmDialog>
    </>
  )
}
