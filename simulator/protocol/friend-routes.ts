import { Hono } from 'hono'

import { rawIdOf } from '@/simulator/login/user-names'
import { acceptFriendRequest } from '@/simulator/world/befriend'
import { respond, readJson, recordsOf, textOf, WechatRet } from '@/simulator/protocol/response'
import { authenticate } from '@/simulator/protocol/authenticate'
import type { ProtocolEnv, Simulator } from '@/simulator/protocol/context'

const accept = 3

/** Acceptance of friend requests. Sending them is rejected, as on WeChat's web protocol. */
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
    return respond(c)
  })
  return app
}
