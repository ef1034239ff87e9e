import { unstable_doesMiddlewareMatch as doesProxyMatch } from 'next/experimental/testing/server'
import { expect, it } from 'vitest'
import { listAddresses } from '@/lib/testing/list-addresses'
import { config } from '@/proxy'

const isMatched = (path: string) => doesProxyMatch({ config, nextConfig: {}, url: path })

/** Route handlers that may have the policy of pages, because pages share their prefix. */
const sharedWithPages = /^\/qr\//

it.each(listAddresses('page.tsx'))('the page %s gets a Content-Security-Policy', (path) => {
  expect(isMatched(path)).toBe(true)
})

it.each(listAddresses('route.ts').filter((path) => !sharedWithPages.test(path)))(
  '%s is excluded, and a path that only begins like it is a page',
  (path) => {
    expect(isMatched(path)).toBe(false)
    const [, first = '', second] = path.split('/')
    const prefix = first === 'api' ? `/api/${second}` : `/${first}`
    expect(isMatched(`${prefix}foo`)).toBe(true)
    expect(isMatched(`/x${path}`)).toBe(true)
  },
)

it.each([
  '/',
  '/robotsfoo',
  '/robots.txt',
  '/docsx',
  '/docs/x',
  '/docs/reference.js/x',
  '/openapi.jsonx',
  '/readyz/x',
  '/icon-foo',
  '/iconography',
  '/v10',
  '/wxbotx',
  '/api',
  '/api/x',
  '/api/auth',
  '/weiqun',
  '/weiqunx',
  '/_nextx',
  '/qr/key.html',
])('%s is a page or not found', (path) => {
  expect(isMatched(path)).toBe(true)
})

it.each([
  '/icon.svg',
  '/icon1.png',
  '/apple-icon.png',
  '/manifest.webmanifest',
  '/service-worker.js',
  '/_next/static/chunks/a.js',
  '/healthz',
  '/weiqun/a/b/c',
])('%s is not a page', (path) => {
  expect(isMatched(path)).toBe(false)
})
