'use client'

import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'

type Props = {
  /** Texts of the object; both have the same keys about its removal. */
  namespace: 'alert' | 'connector' | 'endpoint'
  name: string
  isBusy: boolean
  onRemove: () => void
}

/** A card that removes an object after a question. */
export function RemovalCard({ namespace, name, isBusy, onRemove }: Props) {
  const t = useTranslations(namespace)
  const [isConfirming, setConfirming] = useState(false)
  return (
    <Card title={t('removeTitle')} action={<Button onClick={() => setConfirming(true)}>{t('removeOpen')}</Button>}>
      <p className="text-muted">{t('removeHint')}</p>
      <ConfirmDialog
        isOpen={isConfirming}
        onOpenChange={setConfirming}
        title={t('removeAsk', { name })}
        action={t('remove')}
        isBusy={isBusy}
        onConfirm={onRemove}
      >
        {t('removeEffect')}
      </ConfirmDialog>
    </Card>
  )
}
