import { createTranslator } from 'use-intl/core'
import { loadMessages } from '@/lib/i18n/load-messages'
import type { Sentence } from '@/lib/sentence'
import { terminalLocale } from '@/cli/terminal-locale'

/** Words a reason in the language of the terminal. */
export function saySentence({ reason, params = {} }: Sentence): string {
  const locale = terminalLocale()
  const translate = createTranslator({ locale, messages: loadMessages(locale), namespace: 'errors.reason' })
  const values = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'object' ? saySentence(value) : value,
  ])
  return translate(reason, Object.fromEntries(values) as never)
}
