'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { ConnectorDetail } from '@/lib/dashboard/connector/detail'
import { useNavigate } from '@/components/leave/use-navigate'
import { useAction } from '@/components/queries/use-action'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { connectorsQuery } from '@/components/connector/connector-queries'

/** Removes a connector that no robot uses, after a question. */
export function RemoveConnector({ connector: { id, name } }: { connector: ConnectorDetail }) {
  const t = useTranslations('connector')
  const navigate = useNavigate()
  const [isConfirming, setConfirming] = useState(false)
  const remove = useAction({
    call: (_input, send) => send('DELETE', '/connectors/[connectorId]', { ids: { connectorId: id } }),
    done: t('removed', { name }),
    refresh: [connectorsQuery().queryKey],
    onDone: () => navigate('/dashboard/settings/connectors'),
  })
  return (
    <Card title={t('removeTitle')} action={<Button onClick={() => setConfirming(true)}>{t('removeOpen')}</Button>}>
      <p className="text-muted">{t('removeHint')}</p>
      <ConfirmDialog
        isOpen={isConfirming}
        onOpenChange={setConfirming}
        title={t('removeAsk', { name })}
        action={t('remove')}
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate()}
      >
        {t('removeEffect')}
      </ConfirmDialog>
    </Card>
  )
}
