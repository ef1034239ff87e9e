'use client'

import Search from 'lucide-react/icons/search'
import { useRef, useState } from 'react'

const pauseMs = 250

type Props = { label: string; value: string; onChange: (value: string) => void }

/** A field that filters what is below it once the typing pauses; Enter does not wait. */
export function SearchField({ label, value, onChange }: Props) {
  /** What is being typed; null = the field shows the value. */
  const [draft, setDraft] = useState<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const settle = (text: string) => {
    clearTimeout(timer.current)
    if (text !== value) onChange(text)
  }
  return (
    <div className="relative w-full sm:w-64">
      <Search size={15} aria-hidden className="absolute top-1/2 left-2.5 -translate-y-1/2 text-muted" />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        maxLength={100}
        value={draft ?? value}
        onChange={({ target }) => {
          setDraft(target.value)
          clearTimeout(timer.current)
          timer.current = setTimeout(() => onChange(target.value), pauseMs)
        }}
        onKeyDown={({ key, currentTarget }) => key === 'Enter' && settle(currentTarget.value)}
        onBlur={({ target }) => {
          settle(target.value)
          setDraft(null)
        }}
        className="field pl-8"
      />
    </div>
  )
}
