import type { Locale } from '@/lib/i18n/locale'

/** Returns the language of the terminal: Chinese with a Chinese locale (`LANG`, `LC_ALL`), otherwise English. */
export function terminalLocale(): Locale {
  return Intl.DateTimeFormat().resolvedOptions().locale.startsWith('zh') ? 'zh-CN' : 'en'
}
