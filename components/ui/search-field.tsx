'use client'

import Search from 'lucide-react/icons/search'
import { useRef, useState } from 'react'
import { useComposedText } from '@/components/ui/use-composed-text'

const debounceMs = 250

type Props = { label: string; value: string; onChange: (value: string) => void }

/** Filters a list once typing pauses; Enter filters immediately. */
export function SearchField({ label, value, onChange }: Props) {
  /** The current input; null: the field shows the value. */
  const [draft, setDraft] = useState<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const submit = (text: string) => {
    clearTimeout(timer.current)
    if (text !== value) onChange(text)
  }
  const { setText, ...composed } = useComposedText(draft ?? value, (text) => {
    setDraft(text)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => onChange(text), debounceMs)
  })
  return (
    <div className="relative w-full sm:w-auto sm:max-w-72 sm:grow sm:basis-56">
      <Search size={15} aria-hidden className="absolute top-1/2 left-2.5 -translate-y-1/2 text-muted" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        maxLength={100}
        {...composed}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={({ key, currentTarget }) => key === 'Enter' && submit(currentTarget.value)}
        onBlur={({ target }) => {
          submit(target.value)
          setDraft(null)
        }}
        className="field pl-8"
      />
    </div>
  )
}
