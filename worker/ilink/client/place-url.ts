/** Hosts of Tencent, the only ones that receive a token or a file. Assumed: iLink uses no other domains. */
const tencentHost = /(^|\.)(qq|wechat)\.com$/

/** Moves a URL of iLink to `ilinkOrigin`, if set; null: the URL is not one of Tencent's. */
export function placeUrl(url: string, ilinkOrigin: string | undefined): URL | null {
  if (!URL.canParse(url)) return null
  const parsed = new URL(url)
  if (ilinkOrigin) return new URL(parsed.pathname + parsed.search, ilinkOrigin)
  const isTencent = parsed.protocol === 'https:' && tencentHost.test(parsed.hostname) && parsed.port === ''
  return isTencent && parsed.username === '' ? parsed : null
}

/** Reads an origin from a response; null: it is not one of Tencent's. */
export function readOrigin(text: string, ilinkOrigin: string | undefined): string | null {
  return placeUrl(text, ilinkOrigin)?.origin ?? null
}
