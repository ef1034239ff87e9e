'use client'

import { useQuery } from '@tanstack/react-query'
import X from 'lucide-react/icons/x'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { choicesQuery } from '@/components/queries/endpoint-queries'
import { Combobox } from '@/components/ui/combobox'
import { useDebouncedValue } from '@/components/ui/use-debounced-value'

type Props = {
  applicationId: string
  kind: 'robot' | 'room' | 'qun'
  label: string
  hint: string
  error?: string | null
  isDisabled?: boolean
  /** Ids; empty: all. */
  values: string[]
  onChange: (values: string[]) => void
}

const searchKeys = { robot: 'searchRobots', room: 'searchRooms', qun: 'searchQuns' } as const

/** Selects robots, rooms or merchant groups of an application, searched by the server; each can be removed again. */
export function ChoicesField({ applicationId, kind, label, hint, error, isDisabled = false, values, onChange }: Props) {
  const t = useTranslations('choices')
  const id = useId()
  const [search, setSearch] = useState('')
  const q = useDebouncedValue(search.trim(), 200)
  const { data: found } = useQuery(choicesQuery(applicationId, { of: kind, ...(q && { q }), chosen: values.join(',') }))
  const known = [...(found?.chosen ?? []), ...(found?.choices ?? [])]
  const nameOf = (value: string) => known.find((choice) => choice.id === value)?.name || value
  const isEmpty = found && found.choices.length === 0
  return (
    <div className="flex flex-col gap-1.5">
      <span className="text-sm font-medium">{label}</span>
      {values.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {values.map((value) => (
            <li
              key={value}
              className="flex min-w-0 items-center gap-1 rounded-md border border-subtle bg-sunken py-0.5 pr-0.5 pl-2 text-sm"
            >
              <span className="min-w-0 wrap-anywhere">{nameOf(value)}</span>
              {!isDisabled && (
                <button
                  type="button"
                  aria-label={t('remove', { name: nameOf(value) })}
                  className="grid size-6 shrink-0 place-items-center rounded text-muted hover:text-ink"
                  onClick={() => onChange(values.filter((other) => other !== value))}
                >
                  <X size={14} aria-hidden />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {!isDisabled && (
        <Combobox
          label={label}
          text={t(values.length > 0 ? 'more' : 'all')}
          value=""
          onChange={(value) => !values.includes(value) && onChange([...values, value])}
          search={search}
          onSearch={setSearch}
          searchLabel={t(searchKeys[kind])}
          choices={found?.choices
            .filter((choice) => !values.includes(choice.id))
            .map((choice) => ({ value: choice.id, text: choice.name || choice.id, hint: choice.hint }))}
          note={found && (isEmpty ? t('none') : found.isMore && t('searchMore'))}
          describedBy={`${id}-note`}
          isInvalid={Boolean(error)}
        />
      )}
      <div id={`${id}-note`} className={error ? 'text-sm text-bad' : 'text-sm text-muted'} aria-live="polite">
        {error || hint}
      </div>
    </div>
  )
}
