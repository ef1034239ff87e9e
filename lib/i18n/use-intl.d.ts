import type { Locale } from '@/lib/i18n/locale'
import type { Messages as OurMessages } from '@/lib/i18n/load-messages'

declare module 'use-intl' {
  interface AppConfig {
    Locale: Locale
    Messages: OurMessages
  }
}
