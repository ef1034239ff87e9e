'use client'

import { useState } from 'react'
import { TextArea } from '@/components/ui/field'

type Props = {
  label: string
  hint?: string
  error?: string | null
  isDisabled?: boolean
  values: string[]
  onChange: (values: string[]) => void
}

/** Edits a list of texts, one per line. */
export function LinesField({ label, hint, error, isDisabled, values, onChange }: Props) {
  const [text, setText] = useState(values.join('\n'))
  return (
    <TextArea
      label={label}
      hint={hint}
      error={error ?? null}
      disabled={isDisabled}
      value={text}
      onChange={({ target }) => {
        setText(target.value)
        onChange(target.value.split('\n').filter((line) => line.trim() !== ''))
      }}
    />
  )
}
