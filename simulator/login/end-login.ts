import type { Login, World } from '../world/world'
import { touchWorld } from '../world/world'

export function findLiveLogin(world: World, wxid: string): Login | undefined {
  return world.data.logins.find((login) => login.wxid === wxid && login.endedRet === 0)
}

/** Ends a login for good: each further call with its cookies gets `ret`, a held long poll at once. */
export function endLogin(world: World, login: Login, ret: 1100 | 1101 | 1102): void {
  login.endedRet = ret
  login.log = []
  world.events.emit(`login ${login.sid}`)
  touchWorld(world)
}
