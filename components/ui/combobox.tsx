'use client'

import Check from 'lucide-react/icons/check'
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down'
import clsx from 'clsx'
import { Command } from 'cmdk'
import { Popover } from 'radix-ui'
import { type ReactNode, useState } from 'react'

export type ComboboxChoice = { value: string; text: string; hint?: ReactNode }

type Props = {
  id?: string
  /** What is chosen here, for screen readers; the chosen one is read behind it. */
  label: string
  /** What the button shows. */
  text: string
  value: string
  onChange: (value: string) => void
  search: string
  onSearch: (text: string) => void
  searchLabel: string
  /** What the server found; undefined while it looks. */
  choices: ComboboxChoice[] | undefined
  /** Under the choices: that there are none, or more. */
  note: ReactNode
  /** What choosing nothing is called; without it something has to be chosen. */
  clearText?: string | undefined
  isInvalid?: boolean
  isLit?: boolean
  describedBy?: string | undefined
  onBlur?: () => void
  className?: string
}

/** A choice of very many, which the server searches as one types; arrow keys, Enter and Escape work in it. */
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
        aria-label={`${label}：${text}`}
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
          <Command shouldFilter={false} label={searchLabel} loop>
            <Command.Input
              value={search}
              onValueChange={onSearch}
              placeholder={searchLabel}
              maxLength={100}
              className="w-full rounded-t-lg border-b border-subtle bg-transparent px-3 py-2.5 placeholder:text-muted focus-visible:outline-offset-[-2px]"
            />
            <Command.List label={label} className="max-h-72 overflow-y-auto p-1">
              {clearText && !search && (
                <Item isChosen={value === ''} onSelect={() => choose('')}>
                  {clearText}
                </Item>
              )}
              {choices?.map((choice) => (
                <Item
                  key={choice.value}
                  value={choice.value}
                  isChosen={choice.value === value}
                  hint={choice.hint}
                  onSelect={() => choose(choice.value)}
                >
                  {choice.text}
                </Item>
              ))}
            </Command.List>
            {note && <p className="border-t border-subtle px-3 py-2 text-sm text-muted">{note}</p>}
          </Command>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

type ItemProps = { value?: string; isChosen: boolean; hint?: ReactNode; onSelect: () => void; children: string }

function Item({ value = '-', isChosen, hint, onSelect, children }: ItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex min-h-9 cursor-pointer items-center gap-2 rounded px-2 data-[selected=true]:bg-hover"
    >
      <Check size={14} aria-hidden className={clsx('shrink-0 text-ok', !isChosen && 'invisible')} />
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {hint && <span className="shrink-0 text-sm text-muted">{hint}</span>}
    </Command.Item>
  )
}
