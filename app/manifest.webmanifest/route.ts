import { createTranslator } from 'use-intl/core'
import { loadMessages } from '@/lib/i18n/load-messages'
import { parseLocale } from '@/lib/i18n/locale'

/** The manifest of the installed inbox in the language of `lang`: browsers request it without cookies. */
export function GET(request: Request): Response {
  const locale = parseLocale(new URL(request.url).searchParams.get('lang') ?? undefined)
  const t = createTranslator({ locale, messages: loadMessages(locale), namespace: 'inbox.install' })
  const manifest = {
    // One installed app per server, whatever its language and start page are later.
    id: '/dashboard',
    name: t('name'),
    short_name: t('shortName'),
    description: t('description'),
    lang: locale,
    start_url: '/dashboard/inbox',
    scope: '/',
    display: 'standalone',
    theme_color: '#f6f8f7',
    background_color: '#f6f8f7',
    icons: [
      { src: '/icon1.png', sizes: '192x192', type: 'image/png' },
      { src: '/icon2.png', sizes: '512x512', type: 'image/png' },
      { src: '/icon3.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  }
  return Response.json(manifest, {
    headers: { 'Content-Type': 'application/manifest+json', 'Cache-Control': 'public, max-age=3600' },
  })
}
