'use client'

import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down'
import clsx from 'clsx'
import dynamic from 'next/dynamic'
import { loadPart } from '@/components/ui/load-part'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import type { ComboboxListProps } from '@/components/ui/combobox-list'

// Loaded on first use, because most visits never open it.
const ComboboxList = dynamic(
  () => loadPart(() => import('@/components/ui/combobox-list').then((file) => file.default)),
  {
    ssr: false,
    loading: () => <div className="animate-pulse-soft m-3 h-8 rounded bg-skeleton" />,
  },
)

type Props = Omit<ComboboxListProps, 'onChoose'> & {
  id?: string
  /** The text of the button. */
  text: string
  onChange: (value: string) => void
  isInvalid?: boolean
  isLit?: boolean
  describedBy?: string | undefined
  onBlur?: () => void
  className?: string
}

/** Selects one of many options, searched by the server while typing; arrow keys, Enter and Escape work. */
export function Combobox(props: Props) {
  const { label, text, value, onChange, search, onSearch, searchLabel, choices, note, clearText } = props
  const [isOpen, setOpen] = useState(false)
  const open = (next: boolean) => {
    setOpen(next)
    onSearch('')
    if (!next) props.onBlur?.()
  }
  const choose = (next: string) => {
    onChange(next)
    open(false)
  }
  return (
    <Popover.Root open={isOpen} onOpenChange={open}>
      <Popover.Trigger
        id={props.id}
        aria-label={`${label}: ${text}`}
        aria-describedby={props.describedBy}
        data-invalid={props.isInvalid || undefined}
        className={clsx(
          'field flex items-center justify-between gap-2 text-left',
          props.isLit && 'border-accent',
          props.className,
        )}
      >
        <span className={clsx('truncate', !value && 'text-muted')}>{text}</span>
        <ChevronsUpDown size={14} aria-hidden className="shrink-0 text-muted" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={4}
          aria-label={label}
          className="animate-appear z-50 w-[max(var(--radix-popover-trigger-width),280px)] max-w-[calc(100vw-32px)] rounded-lg border border-subtle bg-surface shadow-raised"
        >
          <ComboboxList
            {...{ label, value, search, onSearch, searchLabel, choices, note, clearText }}
            onChoose={choose}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
