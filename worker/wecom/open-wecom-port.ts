import type { Db } from '@/lib/db/client'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import { openGuardedAgent } from '@/lib/egress/open-guarded-agent'
import type { Sealer } from '@/lib/secret'
import { getKfAccess, isAccountTaken } from '@/lib/wecom/get-access'
import { getGroupOwners } from '@/lib/wecom/get-group-owners'
import { readGroupHints } from '@/lib/wecom/group-hints'
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
  /** Decides where calls go, and from where pictures of QR codes are fetched. */
  egress: EgressPolicy
  wecomOrigin?: string | undefined
  times?: Partial<WecomTimes> | undefined
}): { wecom_kf: WechatPort; wecom_group: WechatPort } {
  // The deadline of each call ends it.
  const agent = openGuardedAgent(egress, { headersTimeout: 0, bodyTimeout: 0 })
  const tokens = new AccessTokens({ db, sealer, agent, wecomOrigin })
  const times = { ...usualTimes, ...changedTimes }
  return {
    wecom_kf: {
      open: (options) =>
        new KfRobot({
          ...options,
          wecomOrigin,
          agent,
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
          agent,
          times,
          tokens,
          egress,
          readAccess: () => getKfAccess(db, options),
          readOwners: () => getGroupOwners(db, options),
          hints: (afterId) => readGroupHints(db, { robotId: options.robotId, afterId }),
        }),
    },
  }
}
