'use client'

import clsx from 'clsx'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'

/** A menu of actions behind a button; arrow keys, Escape and type-ahead work. */
export function Menu({ label, trigger, children }: { label: string; trigger: ReactNode; children: ReactNode }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        aria-label={label}
        className="inline-flex min-h-control min-w-control items-center justify-center gap-1.5 rounded px-2 text-muted hover:bg-hover hover:text-ink data-[state=open]:bg-hover"
      >
        {trigger}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          className="animate-appear z-50 min-w-44 rounded-lg border border-subtle bg-surface p-1 shadow-raised"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

const itemStyle =
  'flex min-h-control cursor-pointer items-center gap-2 rounded px-2.5 outline-none data-[disabled]:cursor-not-allowed data-[disabled]:opacity-55 data-[highlighted]:bg-hover'

type ItemProps = { children: ReactNode; onSelect?: () => void; isDisabled?: boolean; isDanger?: boolean }

export function MenuItem({ children, onSelect, isDisabled, isDanger }: ItemProps) {
  return (
    <DropdownMenu.Item className={clsx(itemStyle, isDanger && 'text-bad')} disabled={isDisabled} onSelect={onSelect}>
      {children}
    </DropdownMenu.Item>
  )
}

/** A menu item that is a link: pass an `<a>` or `<Link>` as its only child. */
export function MenuLink({ children }: { children: ReactNode }) {
  return (
    <DropdownMenu.Item asChild className={itemStyle}>
      {children}
    </DropdownMenu.Item>
  )
}

type ChoiceProps = { value: string; onChange: (value: string) => void; choices: Array<{ value: string; text: string }> }

/** A menu item of a group, with a mark on the current one. */
export function MenuChoice({ value, onChange, choices }: ChoiceProps) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={onChange}>
      {choices.map((choice) => (
        <DropdownMenu.RadioItem key={choice.value} value={choice.value} className={itemStyle}>
          <span className="w-4" aria-hidden>
            <DropdownMenu.ItemIndicator>✓</DropdownMenu.ItemIndicator>
          </span>
          {choice.text}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  )
}
