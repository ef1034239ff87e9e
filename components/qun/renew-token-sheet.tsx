'use client'

import dynamic from 'next/dynamic'
import { useTranslations } from 'use-intl'
import { Sheet } from '@/components/ui/sheet'

const RenewTokenForm = dynamic(() => import('./renew-token-form').then((module) => module.RenewTokenForm))

type Props = { qunId: string; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Puts a new join token in place of the old one. */
export function RenewTokenSheet({ qunId, isOpen, onOpenChange }: Props) {
  const t = useTranslations('qun')
  return (
    <Sheet isOpen={isOpen} onOpenChange={onOpenChange} title={t('renew')} description={t('renewHint')}>
      <RenewTokenForm qunId={qunId} onDone={() => onOpenChange(false)} />
    </Sheet>
  )
}
