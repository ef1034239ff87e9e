export const locales = ['zh-CN', 'en'] as const
export type Locale = (typeof locales)[number]

/** Cookie that stores a viewer's language for a year. */
export const localeCookie = 'wxbot-locale'

/** Parses the value of the language cookie; an unknown value means Chinese, the default language. */
export function parseLocale(text: string | undefined): Locale {
  return locales.find((locale) => locale === text) ?? 'zh-CN'
}

/** Time zone of pages rendered on the server, until the browser sends the viewer's. */
export const serverTimeZone = 'Asia/Shanghai'
