'use client'

import dynamic from 'next/dynamic'
import { loadPart } from '@/components/ui/load-part'
import { useTranslations } from 'use-intl'
import { Sheet } from '@/components/ui/sheet'

const RotateTokenForm = dynamic(() =>
  loadPart(() => import('@/components/qun/rotate-token-form').then((module) => module.RotateTokenForm)),
)

type Props = { qunId: string; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }

/** Rotates the join token of a group. */
export function RotateTokenSheet({ qunId, isOpen, onOpenChange }: Props) {
  const t = useTranslations('qun')
  return (
    <Sheet isOpen={isOpen} onOpenChange={onOpenChange} title={t('rotate')} description={t('rotateHint')}>
      <RotateTokenForm qunId={qunId} onDone={() => onOpenChange(false)} />
    </Sheet>
  )
}
