import { createHash } from 'node:crypto'
import { createTranslator } from 'use-intl/core'
import { joinScript } from '@/components/qun/join-script'
import { joinStyle } from '@/components/qun/join-style'
import { AppError } from '@/lib/errors'
import { limitAddress } from '@/lib/http/limit-address'
import type { WebContext } from '@/lib/http/web-context'
import { loadMessages } from '@/lib/i18n/load-messages'
import { localeCookie, parseLocale } from '@/lib/i18n/locale'

const loadsPerMinute = 60
const missWeight = 10
const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Nothing is loaded from anywhere else, nothing runs but our own script, no search engine and no cache keeps it. */
export const pageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex, nofollow',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy':
    `default-src 'none'; style-src ${hashOf(joinStyle)}; script-src ${hashOf(joinScript)}; img-src 'self'; connect-src 'self'; ` +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}

/** The translator of a request: Chinese, unless its viewer has chosen English in the dashboard. */
export function joinTranslator(request: Request) {
  const cookie = new RegExp(`(?:^|; *)${localeCookie}=([\\w-]+)`).exec(request.headers.get('cookie') ?? '')?.[1]
  const locale = parseLocale(cookie)
  return { locale, t: createTranslator({ locale, messages: loadMessages(locale), namespace: 'joinPage' }) }
}
export type JoinTranslator = ReturnType<typeof joinTranslator>['t']

/** Counts a load of a page of ours; how long to wait when there were too many, null else. Spec: B5. */
export async function countLoad({ limiter }: WebContext, request: Request): Promise<number | null> {
  return overLimit(limitAddress(limiter, request, { purpose: 'weiqun', perMinute: loadsPerMinute }))
}

/** Counts a link that nobody was given tenfold: whoever tries numbers is soon refused. */
export async function countMiss({ limiter }: WebContext, request: Request): Promise<void> {
  const rest = { purpose: 'weiqun', perMinute: loadsPerMinute, weight: missWeight - 1 }
  await overLimit(limitAddress(limiter, request, rest))
}

async function overLimit(counted: Promise<void>): Promise<number | null> {
  try {
    await counted
    return null
  } catch (error) {
    if (error instanceof AppError && error.code === 'RATE_LIMITED') return error.options.retryAfterSeconds ?? 60
    throw error
  }
}
