import type { Db } from '@/lib/db/client'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import type { Sealer } from '@/lib/secret'
import { getKfAccess, isAccountTaken } from '@/lib/wecom/get-access'
import { readGroupHints } from '@/lib/wecom/group-news'
import { readHint } from '@/lib/wecom/record-callback'
import type { WechatPort } from '@/worker/wechat/port'
import { AccessTokens } from '@/worker/wecom/client/access-tokens'
import { GroupRobot } from '@/worker/wecom/groups/group-robot'
import { KfRobot } from '@/worker/wecom/session/kf-robot'
import { usualTimes, type WecomTimes } from '@/worker/wecom/session/kf-session'

/** Makes the ports to 微信客服 and to customer groups. `wecomOrigin` (`http://127.0.0.1:3002`) takes the place of WeCom's host, paths stay. */
export function createWecomPorts({
  db,
  sealer,
  egress,
  wecomOrigin,
  times: changedTimes = {},
}: {
  db: Db
  sealer: Sealer
  /** Decides from where pictures of QR codes are fetched. */
  egress: EgressPolicy
  wecomOrigin?: string | undefined
  times?: Partial<WecomTimes> | undefined
}): { wecom_kf: WechatPort; wecom_group: WechatPort } {
  const tokens = new AccessTokens({ db, sealer, wecomOrigin })
  const times = { ...usualTimes, ...changedTimes }
  return {
    wecom_kf: {
      open: (options) =>
        new KfRobot({
          ...options,
          wecomOrigin,
          times,
          tokens,
          readAccess: () => getKfAccess(db, options),
          isTaken: (account) => isAccountTaken(db, { robotId: options.robotId, ...account }),
          hints: (query) => readHint(db, { robotId: options.robotId, ...query }),
        }),
    },
    wecom_group: {
      open: (options) =>
        new GroupRobot({
          ...options,
          wecomOrigin,
          times,
          tokens,
          egress,
          readAccess: () => getKfAccess(db, options),
          hints: (afterId) => readGroupHints(db, { robotId: options.robotId, afterId }),
        }),
    },
  }
}
