import { findPersonOrThrow } from '@/simulator/world/find-person'
import { randomHex } from '@/simulator/world/random'
import type { Login, World } from '@/simulator/world/world'
import { touchWorld } from '@/simulator/world/world'
import { endLogin, findLiveLogin } from '@/simulator/login/end-login'

const maxEndedLogins = 200

/** Opens a web login with new cookies and new user names; the account's previous login ends with 1101. */
export function openLogin(world: World, wxid: string): Login {
  const { uin } = findPersonOrThrow(world, wxid)
  const earlier = findLiveLogin(world, wxid)
  if (earlier) endLogin(world, earlier, 1101)

  const login: Login = {
    wxid,
    uin,
    sid: randomHex(8),
    skey: `@crypt_${randomHex(4)}_${randomHex(16)}`,
    passTicket: `${randomHex(32)}%2B${randomHex(8)}%3D`,
    dataTicket: `gS${randomHex(12)}`,
    authTicket: `CIsB${randomHex(40)}`,
    nameSecret: randomHex(16),
    endedRet: 0,
    log: [],
    headSeq: 700_000_000,
    chatsDue: false,
    createdAtMs: Date.now(),
    lastCallAtMs: Date.now(),
  }
  world.data.logins.push(login)
  dropOldest(world)
  touchWorld(world)
  return login
}

function dropOldest(world: World): void {
  const ended = world.data.logins.filter((login) => login.endedRet !== 0)
  const dropped = new Set(ended.slice(0, Math.max(0, ended.length - maxEndedLogins)))
  if (dropped.size) world.data.logins = world.data.logins.filter((login) => !dropped.has(login))
}
