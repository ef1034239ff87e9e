import { cookies } from 'next/headers'
import { createTranslator } from 'use-intl/core'
import { loadMessages } from './load-messages'
import { localeCookie, parseLocale, type Locale } from './locale'

/** Tells the language the viewer of this request has chosen. */
export async function getLocale(): Promise<Locale> {
  return parseLocale((await cookies()).get(localeCookie)?.value)
}

/** Makes the translator of this request, for server components. */
export async function getTranslator() {
  const locale = await getLocale()
  return createTranslator({ locale, messages: loadMessages(locale) })
}
