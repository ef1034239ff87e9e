/** The host that a link leads to; null while it is none. */
export function hostOf(link: string): string | null {
  return URL.canParse(link) && /^https?:/.test(link) ? new URL(link).host : null
}
