import type { Db } from '@/lib/db/client'
import type { Sealer } from '@/lib/secret'
import { getKfAccess } from '@/lib/wecom/get-access'
import { readHint } from '@/lib/wecom/record-callback'
import type { WechatPort } from '@/worker/wechat/port'
import { AccessTokens } from '@/worker/wecom/client/access-tokens'
import { KfRobot } from '@/worker/wecom/session/kf-robot'
import { usualTimes, type WecomTimes } from '@/worker/wecom/session/kf-session'

/** Makes the port to 微信客服. `wecomOrigin` (`http://127.0.0.1:3002`) takes the place of WeCom's host, paths stay. */
export function createWecomPort({
  db,
  sealer,
  wecomOrigin,
  times = usualTimes,
}: {
  db: Db
  sealer: Sealer
  wecomOrigin?: string | undefined
  times?: WecomTimes | undefined
}): WechatPort {
  const tokens = new AccessTokens({ db, sealer, wecomOrigin })
  return {
    open: (options) =>
      new KfRobot({
        ...options,
        wecomOrigin,
        times,
        tokens,
        readAccess: () => getKfAccess(db, options),
        hints: (query) => readHint(db, { robotId: options.robotId, ...query }),
      }),
  }
}
