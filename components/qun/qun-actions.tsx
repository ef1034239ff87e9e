'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { QunDetail } from '@/lib/dashboard/qun/detail'
import { useAction } from '@/components/queries/use-action'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { loadPart } from '@/components/ui/load-part'
import { Sheet } from '@/components/ui/sheet'
import { qunQuery, qunsQuery } from '@/components/qun/qun-queries'

type Change = { isPaused?: boolean; isClosed?: boolean }

const RenameQun = dynamic(() => loadPart(() => import('@/components/qun/rename-qun').then((file) => file.RenameQun)))

/** Renames, pauses, resumes, closes and reopens a group. */
export function QunActions({ qun }: { qun: QunDetail }) {
  const t = useTranslations('qun')
  const [isConfirming, setConfirming] = useState(false)
  const [isRenaming, setRenaming] = useState(false)
  const change = useAction({
    call: (body: Change, send) => send('PATCH', '/quns/[qunId]', { ids: { qunId: qun.id }, body }),
    done: t('saved'),
    refresh: [qunQuery(qun.id).queryKey, qunsQuery().queryKey],
    onDone: () => setConfirming(false),
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
      <Button onClick={() => setRenaming(true)}>{t('rename')}</Button>
      <Sheet isOpen={isRenaming} onOpenChange={setRenaming} title={t('rename')} description={t('renameIntro')}>
        <RenameQun qun={qun} onDone={() => setRenaming(false)} />
      </Sheet>
      <Button isBusy={change.isPending} onClick={() => change.mutate({ isPaused: !isPaused })}>
        {isPaused ? t('resume') : t('pause')}
      </Button>
      <Button onClick={() => setConfirming(true)}>{t('close')}</Button>
      <ConfirmDialog
        isOpen={isConfirming}
        onOpenChange={setConfirming}
        title={t('closeAsk', { name: qun.name })}
        action={t('close')}
        isBusy={change.isPending}
        onConfirm={() => change.mutate({ isClosed: true })}
      >
        {t('closeEffect')}
      </ConfirmDialog>
    </>
  )
}
