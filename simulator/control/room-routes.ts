import { Hono } from 'hono'
import * as z from 'zod'

import type { Simulator } from '@/simulator/protocol/context'
import { joinRoom, leaveRoom, renameRoom, saveRoom, transferRoom } from '@/simulator/world/change-room'
import { createRoom } from '@/simulator/world/create-room'
import { presentRoom } from '@/simulator/control/present-state'
import { readBody } from '@/simulator/control/read-body'

const name = z.string().trim().min(1).max(200)

const newRoom = z.object({ name, owner: z.string(), members: z.array(z.string()), saved: z.boolean().default(false) })

/** Room actions from the phone's side. */
export function roomRoutes({ world }: Simulator): Hono {
  const app = new Hono()

  app.post('/rooms', async (c) => {
    const { saved, ...draft } = await readBody(c, newRoom)
    return c.json(presentRoom(world, createRoom(world, { ...draft, isSaved: saved })))
  })

  app.post('/rooms/:roomId/rename', async (c) => {
    const change = await readBody(c, z.object({ name, by: z.string() }))
    return c.json(presentRoom(world, renameRoom(world, { roomId: c.req.param('roomId'), ...change })))
  })

  app.post('/rooms/:roomId/join', async (c) => {
    const { wxid, inviter } = await readBody(c, z.object({ wxid: z.string(), inviter: z.string().optional() }))
    const room = joinRoom(world, { roomId: c.req.param('roomId'), wxid, ...(inviter ? { inviter } : {}) })
    return c.json(presentRoom(world, room))
  })

  app.post('/rooms/:roomId/leave', async (c) => {
    const { wxid, by } = await readBody(c, z.object({ wxid: z.string(), by: z.string().optional() }))
    const room = leaveRoom(world, { roomId: c.req.param('roomId'), wxid, ...(by ? { by } : {}) })
    return c.json(presentRoom(world, room))
  })

  app.post('/rooms/:roomId/transfer', async (c) => {
    const change = await readBody(c, z.object({ wxid: z.string(), by: z.string() }))
    return c.json(presentRoom(world, transferRoom(world, { roomId: c.req.param('roomId'), ...change })))
  })

  app.post('/rooms/:roomId/save', async (c) => {
    const { wxid, saved } = await readBody(c, z.object({ wxid: z.string(), saved: z.boolean() }))
    const room = saveRoom(world, { roomId: c.req.param('roomId'), wxid, isSaved: saved })
    return c.json(presentRoom(world, room))
  })
  return app
}
