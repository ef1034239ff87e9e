import { cookies } from 'next/headers'
import { createTranslator } from 'use-intl/core'
import { loadMessages } from '@/lib/i18n/load-messages'
import { localeCookie, parseLocale, type Locale } from '@/lib/i18n/locale'

/** Returns the language that the viewer of this request has chosen. */
export async function getLocale(): Promise<Locale> {
  return parseLocale((await cookies()).get(localeCookie)?.value)
}

export async function getTranslator() {
  const locale = await getLocale()
  return createTranslator({ locale, messages: loadMessages(locale) })
}
