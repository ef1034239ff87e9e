// Assumed to be all of them: the hosts of the stock client, and those WeChat's login pages are known to name.
const wechatHost = /(^|\.)(wx\d?\.qq\.com|weixin\.qq\.com|web\d?\.wechat\.com)$/

/** Tells whether a call with the account's cookies may go to this address. */
export function isWechatUrl(url: URL): boolean {
  return url.protocol === 'https:' && url.port === '' && wechatHost.test(url.hostname)
}

/** The address to call: WeChat's own, or the same path at `wechatOrigin`. null for an address that is not WeChat's. */
export function placeUrl(address: string, wechatOrigin: string | undefined): string | null {
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  if (wechatOrigin) return wechatOrigin + url.pathname + url.search
  return isWechatUrl(url) ? url.href : null
}

/**
 * The host that a login's redirect names, for all calls that follow, or null when the redirect leads away from WeChat.
 * With `wechatOrigin` the host does not matter, since that origin stands for all.
 */
export function readRedirectHost(redirectUri: string, wechatOrigin: string | undefined): string | null {
  if (!URL.canParse(redirectUri)) return null
  const url = new URL(redirectUri)
  if (isWechatUrl(url)) return url.hostname
  return wechatOrigin && url.origin === new URL(wechatOrigin).origin ? 'wx.qq.com' : null
}
