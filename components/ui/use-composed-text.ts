'use client'

import { useState } from 'react'

type Field = { value: string }

/**
 * Returns the properties of a field that reports its text on input, except during composition: 「群」 is one search, not
 * three for q, qu and qun.
 */
export function useComposedText(text: string, onText: (text: string) => void) {
  /** The input during composition; null: the text. */
  const [draft, setDraft] = useState<string | null>(null)
  return {
    value: draft ?? text,
    /** The current input of the field. */
    setText: (value: string) => (draft === null ? onText(value) : setDraft(value)),
    onCompositionStart: ({ currentTarget }: { currentTarget: Field }) => setDraft(currentTarget.value),
    onCompositionEnd: ({ currentTarget }: { currentTarget: Field }) => {
      setDraft(null)
      onText(currentTarget.value)
    },
  }
}
