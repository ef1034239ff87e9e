import { createHash } from 'node:crypto'
import { createTranslator } from 'use-intl/core'
import { joinScript } from '@/components/qun/join-script'
import { joinStyle } from '@/components/qun/join-style'
import { AppError } from '@/lib/errors'
import { limitAddress, checkAddressLimit } from '@/lib/http/limit-rate'
import type { WebContext } from '@/lib/http/web-context'
import { loadMessages } from '@/lib/i18n/load-messages'
import { localeCookie, parseLocale } from '@/lib/i18n/locale'

const missWeight = 10
const loads = { purpose: 'weiqun', perMinute: 60 }
const misses = { purpose: 'weiqun-miss', perMinute: loads.perMinute / missWeight }
/** High, because visitors of a shop share one address and each page polls every few seconds. */
const parts = { purpose: 'weiqun-part', perMinute: 1200 }
const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** No external resources, no script except our own, no caching, no indexing. */
export const pageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex, nofollow',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy':
    `default-src 'none'; style-src ${hashOf(joinStyle)}; script-src ${hashOf(joinScript)}; img-src 'self'; connect-src 'self'; ` +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}

/** Returns the translator of a request: Chinese, unless the locale cookie of the dashboard says English. */
export function joinTranslator(request: Request) {
  const cookie = new RegExp(`(?:^|; *)${localeCookie}=([\\w-]+)`).exec(request.headers.get('cookie') ?? '')?.[1]
  const locale = parseLocale(cookie)
  return { locale, t: createTranslator({ locale, messages: loadMessages(locale), namespace: 'joinPage' }) }
}
export type JoinTranslator = ReturnType<typeof joinTranslator>['t']

/** Counts a page load; returns the seconds to wait if there were too many, otherwise null. Spec: B5 (link). */
export async function countLoad({ limiter }: WebContext, request: Request): Promise<number | null> {
  return waitSecondsOf(limitAddress(limiter, request, loads))
}

/**
 * Counts a request for a part of a page; returns the seconds to wait if there were too many, or if the address requested too many
 * unknown links, because a part reveals an existing link as the page does. Otherwise null.
 */
export async function countPart({ limiter }: WebContext, request: Request): Promise<number | null> {
  const waitSeconds = await waitSecondsOf(checkAddressLimit(limiter, request, misses))
  return waitSeconds ?? waitSecondsOf(limitAddress(limiter, request, parts))
}

/** Counts a request of an unknown link, on any path below it, as ten loads. `isCounted`: one of the ten is already counted. */
export async function countMiss({ limiter }: WebContext, request: Request, { isCounted = false } = {}): Promise<void> {
  await waitSecondsOf(limitAddress(limiter, request, misses))
  await waitSecondsOf(limitAddress(limiter, request, { ...loads, weight: missWeight - (isCounted ? 1 : 0) }))
}

export function tooOftenResponse(waitSeconds: number): Response {
  const headers = { 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex', 'Retry-After': String(waitSeconds) }
  return new Response('访问太频繁，请稍后再试\n', { status: 429, headers })
}

async function waitSecondsOf(counting: Promise<void>): Promise<number | null> {
  try {
    await counting
    return null
  } catch (error) {
    if (error instanceof AppError && error.code === 'RATE_LIMITED') return error.options.retryAfterSeconds ?? 60
    throw error
  }
}
