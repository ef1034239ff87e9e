'use client'

import { useTranslations } from 'use-intl'
import { Sheet } from '@/components/ui/sheet'
import { ReplaySinceForm } from '@/components/callback/replay-since-form'

type Props = {
  applicationId: string
  endpointId?: string | null
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}

/** Resends all undelivered callbacks of an application, or of one endpoint, since a given time; reopening resets the form. */
export function ReplaySinceSheet({ applicationId, endpointId, isOpen, onOpenChange }: Props) {
  const t = useTranslations('callback')
  return (
    <Sheet isOpen={isOpen} onOpenChange={onOpenChange} title={t('replaySinceTitle')} description={t('replaySinceHint')}>
      <ReplaySinceForm applicationId={applicationId} endpointId={endpointId} onDone={() => onOpenChange(false)} />
    </Sheet>
  )
}
