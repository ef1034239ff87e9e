'use client'

import { useId } from 'react'
import clsx from 'clsx'
import { RoomCombobox } from '@/components/room/room-combobox'

type Props = {
  label: string
  robotId: string
  value: string
  onChange: (roomId: string) => void
  hint?: string
  error?: string | null
}

/** A room selection in a form, with label and error. */
export function RoomField({ label, hint, error, ...rest }: Props) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <RoomCombobox {...rest} id={id} label={label} error={error ?? null} describedBy={`${id}-note`} />
      <div id={`${id}-note`} className={clsx('text-sm', error ? 'text-bad' : 'text-muted')} aria-live="polite">
        {error || hint}
      </div>
    </div>
  )
}
