'use client'

import { useTranslations } from 'use-intl'
import type { TokenView } from '@/lib/dashboard/application/detail'
import { applicationsKey } from '@/components/queries/queries'
import { useAction } from '@/components/queries/use-action'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'

type Props = { applicationId: string; token: TokenView; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Revokes a token after a confirmation. */
export function RevokeToken({ applicationId, token, isOpen, onOpenChange }: Props) {
  const t = useTranslations('token')
  const revoke = useAction({
    call: (_input, send) =>
      send('DELETE', '/applications/[applicationId]/tokens/[tokenId]', { ids: { applicationId, tokenId: token.id } }),
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
      {t('revokeEffect', { lastFour: token.lastFour })}
    </ConfirmDialog>
  )
}
