'use client'

import { useTranslations } from 'use-intl'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { resolveLeaveQuestion } from '@/components/leave/unsaved-forms'

/** Asks before unsaved changes are discarded. */
export function LeaveDialog() {
  const t = useTranslations('leave')
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={(isOpen) => isOpen || resolveLeaveQuestion(false)}
      title={t('title')}
      action={t('discard')}
      keep={t('keep')}
      isBusy={false}
      onConfirm={() => resolveLeaveQuestion(true)}
    >
      {t('effect')}
    </ConfirmDialog>
  )
}
