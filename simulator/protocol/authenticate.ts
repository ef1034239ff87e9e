import { getCookie } from 'hono/cookie'

import type { Login, World } from '@/simulator/world/world'
import { isRecord, textOf, WechatRet } from '@/simulator/protocol/response'
import type { ProtocolContext } from '@/simulator/protocol/context'

/** Returns the login, active or ended, to which the cookies belong. */
export function loginOfCookies(world: World, c: ProtocolContext): Login | undefined {
  const cookies = getCookie(c)
  const login = world.data.logins.find((candidate) => candidate.sid === cookies.wxsid)
  if (!login || cookies.wxuin !== String(login.uin) || cookies.webwx_data_ticket !== login.dataTicket) return undefined
  return login
}

/**
 * Returns the active login that makes this call. Its cookies are required; uin, sid and skey are checked if present (`claims` is
 * a BaseRequest or the query that replaces it).
 * @throws WechatRet 1102 for wrong credentials, 1100 / 1101 / 1102 when the login has ended
 */
export function authenticate(world: World, c: ProtocolContext, claims: unknown): Login {
  const login = loginOfCookies(world, c)
  if (!login || !fits(login, claims)) throw new WechatRet(1102)
  if (login.endedRet !== 0) throw new WechatRet(login.endedRet)
  login.lastCallAtMs = Date.now()
  return login
}

function fits(login: Login, claims: unknown): boolean {
  if (!isRecord(claims)) return true
  const uin = textOf(claims.Uin ?? claims.uin)
  const sid = textOf(claims.Sid ?? claims.sid)
  const skey = textOf(claims.Skey ?? claims.skey)
  return (!uin || uin === String(login.uin)) && (!sid || sid === login.sid) && (!skey || skey === login.skey)
}
