'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { ThemeProvider } from 'next-themes'
import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react'
import { IntlProvider } from 'use-intl'
import { guardComposition, tolerateForeignNodes } from '@/components/ui/guard-page'
import { Toasts } from '@/components/ui/toasts'
import type { Messages } from '@/lib/i18n/load-messages'
import { serverTimeZone, type Locale } from '@/lib/i18n/locale'

const never = () => () => {}
const viewersZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

type Props = { locale: Locale; messages: Messages; now: number; nonce: string | undefined; children: ReactNode }

/** Sets the nonce for the style that dialogs add to lock the page, as the page's policy requires. */
function shareNonce(nonce: string | undefined): string | undefined {
  if (typeof window !== 'undefined') Object.assign(window, { __webpack_nonce__: nonce })
  return nonce
}

/**
 * Provides every page with texts, theme, data and toasts. After hydration, dates are in the viewer's time zone.
 * `nonce` allows the theme's script before the first paint; a refresh keeps the document's original nonce.
 */
export function Providers({ locale, messages, now, nonce, children }: Props) {
  const timeZone = useSyncExternalStore(never, viewersZone, () => serverTimeZone)
  useEffect(guardComposition, [])
  useEffect(tolerateForeignNodes, [])
  const [ownNonce] = useState(() => shareNonce(nonce))
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: { staleTime: 1000, retry: 1, refetchOnWindowFocus: true },
          // Offline, a change fails immediately; by default it would be sent when the network returns.
          mutations: { networkMode: 'always', retry: false },
        },
      }),
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
