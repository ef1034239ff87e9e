import type { Login, World } from '@/simulator/world/world'
import { touchWorld } from '@/simulator/world/world'

export function findLiveLogin(world: World, wxid: string): Login | undefined {
  return world.data.logins.find((login) => login.wxid === wxid && login.endedRet === 0)
}

/** Ends a login permanently: every further call with its cookies, and a held long poll, returns `ret`. */
export function endLogin(world: World, login: Login, ret: 1100 | 1101 | 1102): void {
  login.endedRet = ret
  login.log = []
  world.events.emit(`login ${login.sid}`)
  touchWorld(world)
}
