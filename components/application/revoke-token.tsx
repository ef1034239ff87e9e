'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { TokenView } from '@/app/api/dashboard/views/applications'
import { callDashboard } from '@/components/queries/call-dashboard'
import { applicationQuery } from '@/components/queries/queries'
import { useAct } from '@/components/queries/use-act'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'

export function RevokeToken({ applicationId, token }: { applicationId: string; token: TokenView }) {
  const t = useTranslations('token')
  const [isAsking, setAsking] = useState(false)
  const revoke = useAct({
    call: () => callDashboard(`/applications/${applicationId}/tokens/${token.id}`, 'DELETE'),
    done: t('revoked', { name: token.name }),
    refresh: [applicationQuery(applicationId).queryKey],
    onDone: () => setAsking(false),
  })
  return (
    <>
      <Button look="quiet" aria-label={t('revokeOf', { name: token.name })} onClick={() => setAsking(true)}>
        {t('revoke')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={t('revokeAsk', { name: token.name })}
        action={t('revoke')}
        isBusy={revoke.isPending}
        onConfirm={() => revoke.mutate()}
      >
        {t('revokeLoses', { lastFour: token.lastFour })}
      </ConfirmDialog>
    </>
  )
}
