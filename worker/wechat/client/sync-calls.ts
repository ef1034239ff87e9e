import { z } from 'zod'
import { type Credentials, makeDeviceId, type WebClient } from '@/worker/wechat/client/web-client'
import { WechatCallError } from '@/worker/wechat/errors'
import { parseSyncCheck } from '@/worker/wechat/protocol/parse-script'

/** Long poll: returns whether a sync would return anything. @throws WechatCallError with `ret` if the session has failed */
export async function pollSyncCheck(client: WebClient): Promise<boolean> {
  const { sid, uin, skey, syncCheckKey } = client.credentials
  const query = { r: Date.now(), sid, uin, skey, deviceid: makeDeviceId(), synckey: syncCheckKey }
  const check = parseSyncCheck(await client.getScript('webpush.', 'synccheck', query))
  if (!check) throw new WechatCallError('synccheck', 'unreadable', 'no sync check')
  if (check.retcode !== 0) throw new WechatCallError('synccheck', 'ret', `retcode ${check.retcode}`, check.retcode)
  return check.selector !== 0
}

/** Fetches what is new since the last sync. */
export async function sync(client: WebClient): Promise<Record<string, unknown>> {
  const { credentials } = client
  const { sid, skey, passTicket, syncKey } = credentials
  const query = { sid, skey, pass_ticket: passTicket, lang: 'zh_CN' }
  const response = await client.post('webwxsync', { SyncKey: syncKey, rr: ~Date.now() }, query)
  storeSyncKeys(credentials, response)
  if (typeof response.SKey === 'string' && response.SKey) credentials.skey = response.SKey.slice(0, 1_000)
  return response
}

const number = z.union([z.number(), z.string().regex(/^-?\d{1,20}$/)])
/** WeChat's keys have about ten items. */
const syncKey = z.looseObject({ List: z.array(z.object({ Key: number, Val: number })).max(500) })
const keys = z.object({
  SyncKey: syncKey.optional().catch(undefined),
  SyncCheckKey: syncKey.optional().catch(undefined),
})

/** Stores the sync keys of a response, from which the next sync continues; keeps the current key if the response has none. */
export function storeSyncKeys(credentials: Credentials, response: Record<string, unknown>): void {
  const { SyncKey, SyncCheckKey } = keys.parse(response)
  if (SyncKey) credentials.syncKey = SyncKey
  const checkKey = SyncCheckKey ?? (credentials.syncCheckKey ? undefined : SyncKey)
  if (checkKey) credentials.syncCheckKey = checkKey.List.map(({ Key, Val }) => `${Key}_${Val}`).join('|')
}
