'use client'

import X from 'lucide-react/icons/x'
import { Dialog } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'

type Props = {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  title: string
  description: string
  /** A sheet with a secret closes only by its own button. */
  isPinned?: boolean
  children: ReactNode
}

/** Whoever opens a form wants to fill it in; without a field the first button has the focus. */
function focusFirstField(event: Event): void {
  const sheet = event.currentTarget as HTMLElement
  const field = sheet.querySelector<HTMLElement>('[data-sheet-body] :is(input, select, textarea):not(:disabled)')
  if (!field) return
  event.preventDefault()
  field.focus()
}

/** A side sheet for short edits; on a phone it fills the width. Focus stays inside and returns where it came from. */
export function Sheet({ isOpen, onOpenChange, title, description, isPinned = false, children }: Props) {
  const t = useTranslations('common')
  const stay = (event: Event) => isPinned && event.preventDefault()
  return (
    <Dialog.Root open={isOpen} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className="animate-appear fixed inset-0 z-40 bg-veil" />
        <Dialog.Content
          onOpenAutoFocus={focusFirstField}
          onEscapeKeyDown={stay}
          onPointerDownOutside={stay}
          onInteractOutside={stay}
          className="animate-slide-in fixed inset-y-0 right-0 z-50 flex w-full max-w-[460px] flex-col bg-surface shadow-raised outline-none"
        >
          <header className="flex items-start gap-3 border-b border-subtle px-5 py-4">
            <div className="min-w-0 flex-1">
              <Dialog.Title className="text-lg font-semibold">{title}</Dialog.Title>
              <Dialog.Description className="mt-1 text-sm text-muted">{description}</Dialog.Description>
            </div>
            {!isPinned && (
              <Dialog.Close aria-label={t('close')} className="-m-1 rounded p-2 text-muted hover:bg-hover">
                <X size={18} aria-hidden />
              </Dialog.Close>
            )}
          </header>
          <div data-sheet-body className="flex-1 overflow-y-auto px-5 py-5">
            {children}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
