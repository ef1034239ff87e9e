'use client'

import clsx from 'clsx'
import type { ListState } from '@/components/table/use-list-state'

type Props = {
  list: ListState
  /** The name of the query parameter. */
  name: string
  label: string
  /** The text of the choice that does not filter. */
  all: string
  choices: Array<{ value: string; text: string }>
}

/** A filter with a few values, highlighted while it is active. */
export function SelectFilter({ list, name, label, all, choices }: Props) {
  const value = list.get(name)
  return (
    <select
      aria-label={label}
      value={value}
      onChange={({ target }) => list.set({ [name]: target.value })}
      className={clsx('field w-auto max-w-56', value && 'border-accent')}
    >
      <option value="">{all}</option>
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.text}
        </option>
      ))}
    </select>
  )
}
