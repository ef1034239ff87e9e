import { Hono } from 'hono'

import { rawIdOf } from '../login/user-names'
import { acceptFriendRequest } from '../world/befriend'
import { answer, readJson, recordsOf, textOf, WechatRet } from './answer'
import { authenticate } from './authenticate'
import type { ProtocolEnv, Simulator } from './context'

const accept = 3

/** Accepting friend requests; sending them is refused, as the web has long not been able to. */
export function friendRoutes({ world }: Simulator): Hono<ProtocolEnv> {
  const app = new Hono<ProtocolEnv>().basePath('/cgi-bin/mmwebwx-bin')

  app.post('/webwxverifyuser', async (c) => {
    const body = await readJson(c)
    const login = authenticate(world, c, body.BaseRequest)
    if (Number(body.Opcode) !== accept) throw new WechatRet(1)
    for (const verified of recordsOf(body.VerifyUserList)) {
      const from = rawIdOf(world, login, textOf(verified.Value))
      const ticket = textOf(verified.VerifyUserTicket)
      const request = world.data.friendRequests.find(
        (candidate) => candidate.to === login.wxid && candidate.from === from && candidate.ticket === ticket,
      )
      if (!request) throw new WechatRet(-14)
      acceptFriendRequest(world, request)
    }
    return answer(c)
  })
  return app
}
