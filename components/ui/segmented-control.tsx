'use client'

import clsx from 'clsx'
import { ToggleGroup } from 'radix-ui'

type Props = {
  label: string
  value: string
  onChange: (value: string) => void
  choices: Array<{ value: string; text: string }>
}

/** Selects one of a few options, side by side; arrow keys move between them. */
export function SegmentedControl({ label, value, onChange, choices }: Props) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      // Clicking the selected option would clear the selection.
      onValueChange={(next) => next && onChange(next)}
      className="flex rounded border border-subtle bg-sunken p-0.5"
    >
      {choices.map((choice) => (
        <ToggleGroup.Item
          key={choice.value}
          value={choice.value}
          className={clsx(
            'min-h-8 rounded-sm px-3 text-sm whitespace-nowrap pointer-coarse:min-h-10',
            choice.value === value ? 'bg-surface font-medium shadow-card' : 'text-muted hover:text-ink',
          )}
        >
          {choice.text}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
