import type { Operator } from '@/lib/auth/get-operator'

const mask = '•••'
const secretPatterns = [/\bwx_[0-9A-Za-z]{40}\b/g, /\bwhsec_[0-9A-Za-z+/=]+/g]

/**
 * Masks the secrets of a URL: credentials, the values of query parameters, the fragment, and path segments that look
 * like a key.
 */
export function maskUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url) return mask
  const credentials = url.username || url.password ? `${mask}@` : ''
  const path = url.pathname.split('/').map((part) => (isKeyLike(part) ? mask : part))
  const query = url.search
    .slice(1)
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const [name, value] = pair.split(/=(.*)/s)
      return value === undefined ? mask : `${name}=${mask}`
    })
  const search = query.length > 0 ? `?${query.join('&')}` : ''
  return `${url.protocol}//${credentials}${url.host}${path.join('/')}${search}${url.hash && `#${mask}`}`
}

/** Masks tokens and the secrets of URLs in a text of external origin, such as a response. */
export function maskText(text: string): string {
  const withoutTokens = secretPatterns.reduce((masked, pattern) => masked.replace(pattern, mask), text)
  return withoutTokens.replace(/https?:\/\/[^\s"'<>\\]+/g, maskUrl)
}

/** Applies `maskText` to all strings of a value, at any depth. */
export function maskDeep<Value>(value: Value): Value {
  if (typeof value === 'string') return maskText(value) as Value
  if (Array.isArray(value)) return value.map(maskDeep) as Value
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskDeep(inner)])) as Value
}

/** Masks a URL for viewers; administrators see all of it. */
export function maskUrlFor<Url extends string | null>({ role }: Operator, url: Url): Url {
  return role === 'admin' || url === null ? url : (maskUrl(url) as Url)
}

/** Masks all strings of a value for viewers. */
export function maskFor<Value>({ role }: Operator, value: Value): Value {
  return role === 'admin' ? value : maskDeep(value)
}

function isKeyLike(part: string): boolean {
  return part.length >= 16 && /\d/.test(part) && /[A-Za-z]/.test(part)
}
