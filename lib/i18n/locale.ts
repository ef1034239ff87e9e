export const locales = ['zh-CN', 'en'] as const
export type Locale = (typeof locales)[number]

/** The cookie a viewer's choice is kept in, a year. */
export const localeCookie = 'wxbot-locale'

/** Reads a cookie's value; anything unknown is Chinese, the product's first language. */
export function parseLocale(text: string | undefined): Locale {
  return locales.find((locale) => locale === text) ?? 'zh-CN'
}

/** The zone of pages made on the server, until the browser tells the viewer's. */
export const serverTimeZone = 'Asia/Shanghai'
