import { Hono } from 'hono'
import * as z from 'zod'

import { endLogin, findLiveLogin } from '@/simulator/login/end-login'
import { drawAvatar } from '@/simulator/protocol/draw-avatar'
import type { Simulator } from '@/simulator/protocol/context'
import { addPerson } from '@/simulator/world/add-person'
import { changeNickname, makeFriends, requestFriendship, setRemark } from '@/simulator/world/befriend'
import { findPersonOrThrow } from '@/simulator/world/find-person'
import { WorldError } from '@/simulator/world/world-error'
import { presentChats } from '@/simulator/control/present-chats'
import { presentFriendRequest, presentPerson } from '@/simulator/control/present-state'
import { readBody } from '@/simulator/control/read-body'

const newPerson = z.object({
  nickname: z.string().min(1),
  wxid: z.string().optional(),
  alias: z.string().default(''),
  webLogin: z.enum(['allowed', 'refused']).default('allowed'),
  canLogIn: z.boolean().default(true),
})

/** People and their accounts: creation, friends, friend requests, and kicks. */
export function accountRoutes({ world }: Simulator): Hono {
  const app = new Hono()

  app.post('/accounts', async (c) => {
    const { wxid, ...draft } = await readBody(c, newPerson)
    return c.json(presentPerson(world, addPerson(world, { ...draft, ...(wxid ? { wxid } : {}) })))
  })

  app.get('/avatars/:file', (c) => {
    const wxid = c.req.param('file').replace(/\.png$/, '')
    const headers = { 'Content-Type': 'image/png', 'Cache-Control': 'max-age=3600' }
    return c.body(new Uint8Array(drawAvatar(wxid)), 200, headers)
  })

  app.get('/accounts/:wxid/chats', (c) => {
    const { wxid } = findPersonOrThrow(world, c.req.param('wxid'))
    return c.json({ chats: presentChats(world, wxid) })
  })

  app.post('/accounts/:wxid/friends', async (c) => {
    const { friend, remark } = await readBody(c, z.object({ friend: z.string(), remark: z.string().optional() }))
    const person = findPersonOrThrow(world, c.req.param('wxid'))
    makeFriends(world, person.wxid, friend)
    if (remark !== undefined) setRemark(world, person.wxid, { friend, remark })
    return c.json(presentPerson(world, person))
  })

  app.post('/accounts/:wxid/rename', async (c) => {
    const { nickname } = await readBody(c, newPerson.pick({ nickname: true }))
    const person = findPersonOrThrow(world, c.req.param('wxid'))
    changeNickname(world, person.wxid, nickname)
    return c.json(presentPerson(world, person))
  })

  app.post('/accounts/:wxid/friend-requests', async (c) => {
    const { from, greeting } = await readBody(
      c,
      z.object({ from: z.string(), greeting: z.string().max(500).default('') }),
    )
    return c.json(presentFriendRequest(requestFriendship(world, { from, to: c.req.param('wxid'), greeting })))
  })

  app.post('/accounts/:wxid/kick', async (c) => {
    const { how } = await readBody(c, z.object({ how: z.enum(['phone', 'elsewhere']) }))
    const person = findPersonOrThrow(world, c.req.param('wxid'))
    const login = findLiveLogin(world, person.wxid)
    if (!login) throw new WorldError('CONFLICT', `${person.wxid} has no web login`)
    endLogin(world, login, how === 'phone' ? 1100 : 1101)
    return c.json(presentPerson(world, person))
  })
  return app
}
