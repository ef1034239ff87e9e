'use client'

import Check from 'lucide-react/icons/check'
import clsx from 'clsx'
import { Command } from 'cmdk'
import type { ReactNode } from 'react'

type Choice = { value: string; text: string; hint?: ReactNode }

export type ComboboxListProps = {
  /** What is chosen here, for screen readers; the chosen one is read behind it. */
  label: string
  value: string
  onChoose: (value: string) => void
  search: string
  onSearch: (text: string) => void
  searchLabel: string
  /** What the server found; undefined while it looks. */
  choices: Choice[] | undefined
  /** Under the choices: that there are none, or more. */
  note: ReactNode
  /** What choosing nothing is called; without it something has to be chosen. */
  clearText?: string | undefined
}

/** What a combobox opens: a search, and under it what the server found; loaded on its own once it is wanted. */
export default function ComboboxList(props: ComboboxListProps) {
  const { label, value, search, onSearch, searchLabel, choices, note, clearText, onChoose } = props
  return (
    <Command shouldFilter={false} label={searchLabel} loop>
      <Command.Input
        // It comes after the popover, which would have given it the focus.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        value={search}
        onValueChange={onSearch}
        placeholder={searchLabel}
        maxLength={100}
        className="w-full rounded-t-lg border-b border-subtle bg-transparent px-3 py-2.5 placeholder:text-muted focus-visible:outline-offset-[-2px]"
      />
      <Command.List label={label} className="max-h-72 overflow-y-auto p-1">
        {clearText && !search && (
          <Item isChosen={value === ''} onSelect={() => onChoose('')}>
            {clearText}
          </Item>
        )}
        {choices?.map((choice) => (
          <Item
            key={choice.value}
            value={choice.value}
            isChosen={choice.value === value}
            hint={choice.hint}
            onSelect={() => onChoose(choice.value)}
          >
            {choice.text}
          </Item>
        ))}
      </Command.List>
      {note && <p className="border-t border-subtle px-3 py-2 text-sm text-muted">{note}</p>}
    </Command>
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
