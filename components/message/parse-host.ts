/** Returns the host of a URL; null: not a URL. */
export function parseHost(link: string): string | null {
  return URL.canParse(link) && /^https?:/.test(link) ? new URL(link).host : null
}
