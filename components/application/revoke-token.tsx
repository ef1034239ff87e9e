'use client'

import { useTranslations } from 'use-intl'
import type { TokenView } from '@/app/api/dashboard/views/applications'
import { callDashboard } from '@/components/queries/call-dashboard'
import { applicationsKey } from '@/components/queries/queries'
import { useAct } from '@/components/queries/use-act'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'

type Props = { applicationId: string; token: TokenView; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Asks before it revokes a token. */
export function RevokeToken({ applicationId, token, isOpen, onOpenChange }: Props) {
  const t = useTranslations('token')
  const revoke = useAct({
    call: () => callDashboard(`/applications/${applicationId}/tokens/${token.id}`, 'DELETE'),
    done: t('revoked', { name: token.name }),
    refresh: [applicationsKey],
    onDone: () => onOpenChange(false),
  })
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      title={t('revokeAsk', { name: token.name })}
      action={t('revoke')}
      isBusy={revoke.isPending}
      onConfirm={() => revoke.mutate()}
    >
      {t('revokeLoses', { lastFour: token.lastFour })}
    </ConfirmDialog>
  )
}
