'use client'

import { useRouter } from 'next/navigation'
import { useLocale } from 'use-intl'
import { localeCookie, type Locale } from '@/lib/i18n/locale'

/** Returns the viewer's language and a setter; the server sees the choice too. */
export function useLocaleChoice(): [Locale, (locale: string) => void] {
  const router = useRouter()
  const locale = useLocale()
  const choose = (next: string) => {
    document.cookie = `${localeCookie}=${next}; path=/; max-age=31536000; samesite=lax`
    router.refresh()
  }
  return [locale, choose]
}
