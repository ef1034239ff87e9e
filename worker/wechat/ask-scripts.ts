import type { LoginPoll } from './parse-script'
import { parseCode, parseLoginPoll, parseSyncCheck } from './parse-script'
import type { StockClient } from './stock-client'
import { WechatCallError } from './wechat-errors'

// In place of the stock `getUUID`, `checkLogin` and `syncCheck`, which evaluate what the server answers.

/** Asks for a login code. */
export async function askForCode({ request, CONF }: StockClient): Promise<string> {
  const { data } = await request({ method: 'POST', url: String(CONF.API_jsLogin) })
  const uuid = parseCode(data)
  if (!uuid) throw new WechatCallError('jslogin', 'unreadable', 'no code')
  return uuid
}

/** Asks what became of a code; WeChat holds the question for about 25 s while nothing happens. */
export async function pollLogin({ request, CONF }: StockClient, uuid: string): Promise<LoginPoll> {
  const params = { tip: 0, uuid, loginicon: true, r: ~Date.now() }
  const { data } = await request({ method: 'GET', url: String(CONF.API_login), params })
  const poll = parseLoginPoll(data)
  if (!poll) throw new WechatCallError('login', 'unreadable', 'no login poll')
  return poll
}

/** Asks whether there is news; held like a login poll. @throws WechatCallError with `ret` when the session is not well */
export async function askForNews({ request, CONF, PROP }: StockClient): Promise<boolean> {
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
