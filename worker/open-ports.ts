import type { Db } from '@/lib/db/client'
import type { RobotConnection } from '@/lib/db/types'
import type { Sealer } from '@/lib/secret'
import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import { createGatewayPort } from '@/worker/gateway/open-gateway-port'
import type { GatewayTimes } from '@/worker/gateway/session/gateway-session'
import { createIlinkPort } from '@/worker/ilink/open-ilink-port'
import type { IlinkTimes } from '@/worker/ilink/session/ilink-session'
import { createWecomPorts } from '@/worker/wecom/open-wecom-port'
import type { WecomTimes } from '@/worker/wecom/session/kf-session'
import { createWechatPort } from '@/worker/wechat/open-wechat-port'
import type { WechatPort } from '@/worker/wechat/port'

/** The port of each connection that this worker can open. */
export type ConnectionPorts = Partial<Record<RobotConnection, WechatPort>>

/** Makes the ports; an origin takes the place of every host of that connection. */
export function openPorts({
  db,
  sealer,
  publicUrl,
  gatewayEgress,
  wechatOrigin,
  ilinkOrigin,
  ilinkTimes,
  wecomOrigin,
  wecomTimes,
  gatewayTimes,
}: {
  db: Db
  sealer: Sealer
  publicUrl: string
  /** Decides which addresses gateways, iLink and pictures of WeCom may have. */
  gatewayEgress: EgressPolicy
  wechatOrigin?: string | undefined
  ilinkOrigin?: string | undefined
  ilinkTimes?: IlinkTimes | undefined
  wecomOrigin?: string | undefined
  wecomTimes?: Partial<WecomTimes> | undefined
  gatewayTimes?: GatewayTimes | undefined
}): ConnectionPorts {
  return {
    web: createWechatPort({ wechatOrigin }),
    ilink: createIlinkPort({ egress: gatewayEgress, ilinkOrigin, times: ilinkTimes }),
    ...createWecomPorts({ db, sealer, egress: gatewayEgress, wecomOrigin, times: wecomTimes }),
    gateway: createGatewayPort({ db, sealer, publicUrl, egress: gatewayEgress, times: gatewayTimes }),
  }
}
