import type { Locale } from './locale'
import type { Messages as OurMessages } from './load-messages'

declare module 'use-intl' {
  interface AppConfig {
    Locale: Locale
    Messages: OurMessages
  }
}
