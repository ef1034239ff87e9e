'use client'

import Search from 'lucide-react/icons/search'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useTranslations } from 'use-intl'

/** Finds robots from anywhere: Enter leads to the filtered list. */
export function RobotSearch() {
  const t = useTranslations('nav')
  const router = useRouter()
  const [query, setQuery] = useState('')
  return (
    <search className="relative hidden lg:block">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          router.push(`/dashboard/robots?${new URLSearchParams({ q: query.trim() })}`)
          setQuery('')
        }}
      >
        <Search size={15} aria-hidden className="absolute top-1/2 left-2.5 -translate-y-1/2 text-muted" />
        <input
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          className="field w-52 border-subtle bg-transparent pl-8"
        />
      </form>
    </search>
  )
}
