'use client'

import { useInfiniteQuery } from '@tanstack/react-query'
import X from 'lucide-react/icons/x'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { addressBookQuery } from '@/components/contact/contact-queries'
import { Combobox } from '@/components/ui/combobox'
import { useDebouncedValue } from '@/components/ui/use-debounced-value'

const pauseMs = 200

/** A starter contact by name; `username`: picked from the address book. */
export type StarterContact = { name: string; username?: string }

type Props = {
  robotId: string
  value: StarterContact[]
  onChange: (value: StarterContact[]) => void
  error: string | null
}

/** The starter contacts of an assistant: picked from the robot's contacts, or typed as nickname or remark. */
export function StarterContactsField({ robotId, value, onChange, error }: Props) {
  const t = useTranslations('assistant')
  const id = useId()
  const [search, setSearch] = useState('')
  const typed = search.trim()
  const { data } = useInfiniteQuery({
    ...addressBookQuery(robotId, useDebouncedValue(typed, pauseMs)),
    refetchInterval: false,
  })
  const [page] = data?.pages ?? []
  const contacts = page?.rows.map(({ username, remark, nickname }) => ({
    username,
    name: remark || nickname,
    nickname,
  }))
  const isListed = contacts?.some(({ name }) => name === typed) ?? false
  const choices = contacts?.flatMap(({ username, name, nickname }) =>
    name ? { value: `@${username}`, text: name, hint: name === nickname ? undefined : nickname } : [],
  )
  const add = (choice: string) => {
    const picked = contacts?.find(({ username }) => choice === `@${username}`)
    // A name may be typed before the contact exists: the assistant keeps looking for it.
    const added = picked ? { name: picked.name, username: picked.username } : { name: choice.replace(/^=/, '') }
    onChange([...value.filter(({ name }) => name !== added.name), added])
  }
  return (
    <fieldset className="flex w-full flex-col gap-1.5" aria-describedby={`${id}-note`}>
      <legend className="mb-1.5 text-sm font-medium">{t('starterContacts')}</legend>
      {value.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {value.map(({ name }) => (
            <li key={name} className="inline-flex max-w-full items-center gap-1 rounded bg-sunken py-0.5 pl-2">
              <span className="truncate">{name}</span>
              <button
                type="button"
                aria-label={t('removeStarter', { name })}
                className="rounded p-1.5 text-muted hover:bg-hover pointer-coarse:p-3"
                onClick={() => onChange(value.filter((one) => one.name !== name))}
              >
                <X size={14} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Combobox
        className="w-full sm:w-72"
        label={t('starterContacts')}
        text={t('addStarter')}
        value=""
        onChange={(choice) => choice && add(choice)}
        search={search}
        onSearch={setSearch}
        searchLabel={t('searchContacts')}
        choices={
          typed && !isListed
            ? [...(choices ?? []), { value: `=${typed}`, text: t('typedStarter', { name: typed }) }]
            : choices
        }
        note={
          page &&
          (page.contactCount === 0
            ? t('noContacts')
            : page.nextCursor !== null && choices?.length
              ? t('moreContacts')
              : null)
        }
        isInvalid={Boolean(error)}
      />
      <p id={`${id}-note`} aria-live="polite" className={error ? 'text-sm text-bad' : 'text-sm text-muted'}>
        {error ?? t('starterContactsHint')}
      </p>
    </fieldset>
  )
}
