'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { ThemeProvider } from 'next-themes'
import { useState, useSyncExternalStore, type ReactNode } from 'react'
import { IntlProvider } from 'use-intl'
import { Toasts } from '@/components/ui/toasts'
import type { Messages } from '@/lib/i18n/load-messages'
import { serverTimeZone, type Locale } from '@/lib/i18n/locale'

const never = () => () => {}
const viewersZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

type Props = { locale: Locale; messages: Messages; now: number; nonce: string | undefined; children: ReactNode }

/** Lets what locks the page behind a dialog write its style under the page's policy. */
function shareNonce(nonce: string | undefined): string | undefined {
  if (typeof window !== 'undefined') Object.assign(window, { __webpack_nonce__: nonce })
  return nonce
}

/**
 * What every page stands in: texts, theme, data, toasts. Dates are in the viewer's zone once the browser has taken over.
 * `nonce` lets the theme's script run before the page is drawn; the document's own stays when a refresh brings another.
 */
export function Providers({ locale, messages, now, nonce, children }: Props) {
  const timeZone = useSyncExternalStore(never, viewersZone, () => serverTimeZone)
  const [ownNonce] = useState(() => shareNonce(nonce))
  const [client] = useState(
    () => new QueryClient({ defaultOptions: { queries: { staleTime: 1000, retry: 1, refetchOnWindowFocus: true } } }),
  )
  return (
    <IntlProvider locale={locale} messages={messages} timeZone={timeZone} now={new Date(now)}>
      <ThemeProvider nonce={ownNonce} attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
        <QueryClientProvider client={client}>{children}</QueryClientProvider>
        <Toasts />
      </ThemeProvider>
    </IntlProvider>
  )
}
