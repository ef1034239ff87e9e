'use client'

import Search from 'lucide-react/icons/search'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'

/** Finds robots from anywhere: Enter leads to the filtered list. */
export function RobotSearch() {
  const t = useTranslations('nav')
  const router = useRouter()
  return (
    <form
      role="search"
      className="relative hidden lg:block"
      onSubmit={(event) => {
        event.preventDefault()
        const query = String(new FormData(event.currentTarget).get('q') ?? '').trim()
        router.push(`/dashboard/robots${query ? `?${new URLSearchParams({ q: query })}` : ''}`)
      }}
    >
      <Search size={15} aria-hidden className="absolute top-1/2 left-2.5 -translate-y-1/2 text-muted" />
      <input name="q" type="search" aria-label={t('search')} placeholder={t('search')} className="field w-52 pl-8" />
    </form>
  )
}
