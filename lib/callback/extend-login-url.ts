import { storableText } from './storable-text'

/**
 * Appends parameters to a login link. Its own query is kept byte for byte, but for what cannot stand in a request line
 * (blanks, characters beyond ASCII), which is percent-encoded; a fragment is dropped, because it is never sent.
 */
export function extendLoginUrl(link: string, parameters: Record<string, string>): string {
  const [withoutFragment = ''] = link.trim().split('#')
  const [, query = ''] = withoutFragment.split(/\?(.*)/s)
  const { origin, pathname } = new URL(link)
  const own = storableText(query).replace(/[^\x21-\x7e]/gu, encodeURIComponent)
  const appended = Object.entries(parameters).map(
    ([name, value]) => `${name}=${encodeURIComponent(storableText(value))}`,
  )
  return `${origin}${pathname}?${[own, ...appended].filter(Boolean).join('&')}`
}
