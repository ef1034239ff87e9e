'use client'

import { useTranslations } from 'use-intl'
import { Sheet } from '@/components/ui/sheet'
import { ReplaySinceForm } from './replay-since-form'

type Props = { applicationId: string; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Sends again all that an application failed to take since a time; opened again it begins anew. */
export function ReplaySinceSheet({ applicationId, isOpen, onOpenChange }: Props) {
  const t = useTranslations('callback')
  return (
    <Sheet isOpen={isOpen} onOpenChange={onOpenChange} title={t('replaySince')} description={t('replaySinceHint')}>
      <ReplaySinceForm applicationId={applicationId} onDone={() => onOpenChange(false)} />
    </Sheet>
  )
}
