/**
 * Returns whether a request comes from our own pages, so that no other site can act through an operator's browser.
 * `Sec-Fetch-Site` decides if the browser sends it (https and localhost); otherwise `Origin` must match `Host` or PUBLIC_URL.
 */
export function isSameOrigin(headers: Headers, publicUrl: string): boolean {
  const site = headers.get('sec-fetch-site')
  if (site) return site === 'same-origin'
  const origin = headers.get('origin')
  if (!origin || !URL.canParse(origin)) return false
  return new URL(origin).host === headers.get('host') || new URL(origin).origin === new URL(publicUrl).origin
}
