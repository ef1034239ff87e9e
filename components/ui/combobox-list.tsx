'use client'

import Check from 'lucide-react/icons/check'
import clsx from 'clsx'
import { Command } from 'cmdk'
import type { ReactNode } from 'react'
import { useComposedText } from '@/components/ui/use-composed-text'

type Choice = { value: string; text: string; hint?: ReactNode }

export type ComboboxListProps = {
  /** Label for screen readers; the selected option is read after it. */
  label: string
  value: string
  onChoose: (value: string) => void
  search: string
  onSearch: (text: string) => void
  searchLabel: string
  /** Options from the server; undefined while loading. */
  choices: Choice[] | undefined
  /** Note below the options: none found, or more available. */
  note: ReactNode
  /** Label of the empty option; without it a choice is required. */
  clearText?: string | undefined
}

/** The popover of a combobox: a search input and the server's matches; loaded on first use. */
export default function ComboboxList(props: ComboboxListProps) {
  const { label, value, search, onSearch, searchLabel, choices, note, clearText, onChoose } = props
  const { setText, ...composed } = useComposedText(search, onSearch)
  return (
    <Command shouldFilter={false} label={searchLabel} loop>
      <Command.Input
        // It renders after the popover, which would have set the focus.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        {...composed}
        onValueChange={setText}
        placeholder={searchLabel}
        maxLength={100}
        className="w-full rounded-t-lg border-b border-subtle bg-transparent px-3 py-2.5 placeholder:text-muted focus-visible:outline-offset-[-2px]"
      />
      <Command.List label={label} className="max-h-72 overflow-y-auto p-1">
        {clearText && !composed.value && (
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
      className="flex min-h-control cursor-pointer items-center gap-2 rounded px-2 data-[selected=true]:bg-hover"
    >
      <Check size={14} aria-hidden className={clsx('shrink-0 text-ok', !isChosen && 'invisible')} />
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {hint && <span className="shrink-0 text-sm text-muted">{hint}</span>}
    </Command.Item>
  )
}
