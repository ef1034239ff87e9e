// Assumed complete: the hosts of the vendor client, and those that WeChat's login pages redirect to.
const wechatHost = /(^|\.)(wx\d?\.qq\.com|weixin\.qq\.com|web\d?\.wechat\.com)$/

/** Returns whether a call with the account's cookies may go to this address. */
export function isWechatUrl(url: URL): boolean {
  return url.protocol === 'https:' && url.port === '' && wechatHost.test(url.hostname)
}

/** Returns the address to call: WeChat's own, or the same path at `wechatOrigin`. null: not an address of WeChat. */
export function resolveUrl(address: string, wechatOrigin: string | undefined): string | null {
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  if (wechatOrigin) return wechatOrigin + url.pathname + url.search
  return isWechatUrl(url) ? url.href : null
}

/**
 * Returns the host for all calls after a login, from the login's redirect. null: the redirect leads away from WeChat.
 * With `wechatOrigin` the host is irrelevant, because that origin replaces all hosts.
 */
export function readRedirectHost(redirectUri: string, wechatOrigin: string | undefined): string | null {
  if (!URL.canParse(redirectUri)) return null
  const url = new URL(redirectUri)
  if (isWechatUrl(url)) return url.hostname
  return wechatOrigin && url.origin === new URL(wechatOrigin).origin ? 'wx.qq.com' : null
}
