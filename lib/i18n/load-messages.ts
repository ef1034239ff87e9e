import type { ErrorReason } from '@/lib/error-reasons'
import en from '@/messages/en.json'
import zhCN from '@/messages/zh-CN.json'
import type { Locale } from '@/lib/i18n/locale'

export type Messages = typeof zhCN

/** Both languages have the same keys, which a test checks. An error reason without a text does not compile. */
const messages = { 'zh-CN': zhCN, en } satisfies Record<Locale, { errors: { reason: Record<ErrorReason, string> } }>

/** Returns all texts of the product in a language. */
export function loadMessages(locale: Locale): Messages {
  return messages[locale]
}
