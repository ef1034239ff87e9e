'use client'

import X from 'lucide-react/icons/x'
import { Dialog } from 'radix-ui'
import { type ReactNode, useId } from 'react'
import { useTranslations } from 'use-intl'
import { leaveSheet } from '@/components/leave/unsaved-forms'
import { SheetContext, useLayer } from '@/components/leave/use-layer'

type Props = {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  title: string
  description: string
  /** Whether only its own button closes the sheet, because it shows a secret. */
  isPinned?: boolean
  children: ReactNode
}

/** Focuses the first field of a form; without fields, the first button. */
function focusFirstField(event: Event): void {
  const sheet = event.currentTarget as HTMLElement
  const field = sheet.querySelector<HTMLElement>(
    '[data-sheet-body] :is(input, select, textarea):not(:disabled, [readonly])',
  )
  if (!field) return
  event.preventDefault()
  field.focus()
}

/**
 * A side sheet for short edits; on a phone it fills the width. Focus stays inside and returns afterwards. Escape, a click
 * outside and Back close it, after a question if its form has unsaved changes.
 */
export function Sheet({ isOpen, onOpenChange, title, description, isPinned = false, children }: Props) {
  const t = useTranslations('common')
  const id = useId()
  const preventClose = (event: Event) => isPinned && event.preventDefault()
  const close = () => isPinned || leaveSheet(id, () => onOpenChange(false))
  useLayer(isOpen, close)
  return (
    <Dialog.Root open={isOpen} onOpenChange={(next) => (next ? onOpenChange(true) : close())}>
      <Dialog.Portal>
        <Dialog.Overlay className="animate-appear fixed inset-0 z-40 bg-veil" />
        <Dialog.Content
          onOpenAutoFocus={focusFirstField}
          onEscapeKeyDown={preventClose}
          onPointerDownOutside={preventClose}
          onInteractOutside={preventClose}
          className="animate-slide-in fixed inset-y-0 right-0 z-50 flex w-full max-w-[460px] flex-col bg-surface shadow-raised outline-none"
        >
          <header className="flex items-start gap-3 border-b border-subtle px-5 py-4">
            <div className="min-w-0 flex-1">
              <Dialog.Title className="text-lg font-semibold">{title}</Dialog.Title>
              <Dialog.Description className="mt-1 text-sm text-muted">{description}</Dialog.Description>
            </div>
            {!isPinned && (
              <Dialog.Close
                aria-label={t('close')}
                className="-my-1.5 -mr-2 grid size-control shrink-0 place-items-center rounded text-muted hover:bg-hover"
              >
                <X size={18} aria-hidden />
              </Dialog.Close>
            )}
          </header>
          <div data-sheet-body className="flex-1 overflow-y-auto px-5 py-5">
            <SheetContext value={id}>{children}</SheetContext>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
