import type { EgressPolicy } from '@/lib/egress/create-egress-policy'
import { openGuardedAgent } from '@/lib/egress/open-guarded-agent'
import { IlinkRobot } from '@/worker/ilink/session/ilink-robot'
import { type IlinkTimes, usualTimes } from '@/worker/ilink/session/ilink-session'
import type { WechatPort } from '@/worker/wechat/port'

/**
 * Opens the port to iLink, which connects only where `egress` allows. `ilinkOrigin` (`http://127.0.0.1:3002`) replaces the origin of every
 * iLink host; paths stay.
 */
export function createIlinkPort({
  egress,
  ilinkOrigin,
  times = usualTimes,
}: {
  egress: EgressPolicy
  ilinkOrigin?: string | undefined
  times?: IlinkTimes | undefined
}): WechatPort {
  // The deadline of each call ends it; a long poll takes 40 s.
  const agent = openGuardedAgent(egress, { headersTimeout: 0, bodyTimeout: 0 })
  const origin = ilinkOrigin?.replace(/\/+$/, '')
  return { open: (options) => new IlinkRobot({ ...options, agent, times, ilinkOrigin: origin }) }
}
