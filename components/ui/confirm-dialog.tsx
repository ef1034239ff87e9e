'use client'

import { AlertDialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useLayer } from '@/components/leave/use-layer'
import { Button } from '@/components/ui/button'

type Props = {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  /** Names the object: 删除机器人「小微」？ */
  title: string
  /** What will be lost. */
  children: ReactNode
  action: string
  /** The label of the safe choice, where "Cancel" would be ambiguous. */
  keep?: string
  isBusy: boolean
  onConfirm: () => void
}

/** Asks for confirmation, naming the object and what will be lost; the safe choice has the focus. */
export function ConfirmDialog({ isOpen, onOpenChange, title, children, action, keep, isBusy, onConfirm }: Props) {
  const t = useTranslations('common')
  useLayer(isOpen, () => onOpenChange(false))
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="animate-appear fixed inset-0 z-50 bg-veil" />
        <AlertDialog.Content className="animate-appear fixed top-1/2 left-1/2 z-50 w-[calc(100vw-32px)] max-w-[440px] -translate-x-1/2 -translate-y-1/2 rounded-lg bg-surface p-5 shadow-raised">
          <AlertDialog.Title className="text-lg font-semibold">{title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mt-2 text-muted">{children}</div>
          </AlertDialog.Description>
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>{keep ?? t('cancel')}</Button>
            </AlertDialog.Cancel>
            <Button variant="danger" isBusy={isBusy} onClick={onConfirm}>
              {action}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
