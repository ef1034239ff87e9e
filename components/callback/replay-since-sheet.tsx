'use client'

import { useTranslations } from 'use-intl'
import { Sheet } from '@/components/ui/sheet'
import { ReplaySinceForm } from '@/components/callback/replay-since-form'

type Props = { applicationId: string; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Resends all undelivered callbacks of an application since a given time; reopening resets the form. */
export function ReplaySinceSheet({ applicationId, isOpen, onOpenChange }: Props) {
  const t = useTranslations('callback')
  return (
    <Sheet isOpen={isOpen} onOpenChange={onOpenChange} title={t('replaySince')} description={t('replaySinceHint')}>
      <ReplaySinceForm applicationId={applicationId} onDone={() => onOpenChange(false)} />
    </Sheet>
  )
}
