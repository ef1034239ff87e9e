import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { Providers } from '@/components/providers'
import { getLocale } from '@/lib/i18n/get-translator'
import { loadMessages } from '@/lib/i18n/load-messages'
import '@/app/globals.css'

export async function generateMetadata(): Promise<Metadata> {
  return {
    title: { default: 'wxbot', template: '%s · wxbot' },
    manifest: `/manifest.webmanifest?lang=${await getLocale()}`,
    // The page has both languages, and React would overwrite a browser translation at the next update.
    other: { google: 'notranslate' },
  }
}
export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f6f8f7' },
    { media: '(prefers-color-scheme: dark)', color: '#0d1210' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale()
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    // next-themes sets the theme class before hydration.
    <html lang={locale} translate="no" suppressHydrationWarning>
      <body>
        <Providers locale={locale} messages={loadMessages(locale)} now={Date.now()} nonce={nonce}>
          {children}
        </Providers>
      </body>
    </html>
  )
}
