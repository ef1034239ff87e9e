import type { LoginPoll } from '@/worker/wechat/protocol/parse-script'
import { parseCode, parseLoginPoll, parseSyncCheck } from '@/worker/wechat/protocol/parse-script'
import type { VendorClient } from '@/worker/wechat/client/vendor-client'
import { WechatCallError } from '@/worker/wechat/errors'

// Replaces the vendor's `getUUID`, `checkLogin` and `syncCheck`, which evaluate the server's response as code.

export async function requestQrCode({ request, CONF }: VendorClient): Promise<string> {
  const { data } = await request({ method: 'POST', url: String(CONF.API_jsLogin) })
  const uuid = parseCode(data)
  if (!uuid) throw new WechatCallError('jslogin', 'unreadable', 'no code')
  return uuid
}

/** Polls the state of a QR code; WeChat holds the request for up to about 25 s. */
export async function pollLogin({ request, CONF }: VendorClient, uuid: string): Promise<LoginPoll> {
  const params = { tip: 0, uuid, loginicon: true, r: ~Date.now() }
  const { data } = await request({ method: 'GET', url: String(CONF.API_login), params })
  const poll = parseLoginPoll(data)
  if (!poll) throw new WechatCallError('login', 'unreadable', 'no login poll')
  return poll
}

/** Returns whether a sync would return anything; held like a login poll. @throws WechatCallError with `ret` if the session has failed */
export async function pollSyncCheck({ request, CONF, PROP }: VendorClient): Promise<boolean> {
  const params = {
    r: Date.now(),
    sid: PROP.sid,
    uin: PROP.uin,
    skey: PROP.skey,
    deviceid: `e${Math.random().toFixed(15).slice(2)}`,
    synckey: PROP.formatedSyncKey,
  }
  const { data } = await request({ method: 'GET', url: String(CONF.API_synccheck), params })
  const check = parseSyncCheck(data)
  if (!check) throw new WechatCallError('synccheck', 'unreadable', 'no sync check')
  if (check.retcode !== 0) throw new WechatCallError('synccheck', 'ret', `retcode ${check.retcode}`, check.retcode)
  return check.selector !== 0
}
