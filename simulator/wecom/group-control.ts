import { Hono } from 'hono'
import * as z from 'zod'
import { readBody } from '@/simulator/control/read-body'
import {
  dismissGroup,
  groupsOf,
  joinGroup,
  joinWaysOf,
  leaveGroup,
  makeGroup,
  requireJoinWay,
} from '@/simulator/wecom/groups'
import type { World } from '@/simulator/world/world'

const person = z.object({ wxid: z.string().max(100) })

/** The employee's and the strangers' side of customer groups. */
export function wecomGroupControl(world: World): Hono {
  const app = new Hono()
  app.get('/', (c) => c.json({ groups: groupsOf(world), joinWays: joinWaysOf(world) }))
  app.post('/', async (c) => {
    const { name, owner } = await readBody(
      c,
      z.object({ name: z.string().min(1).max(40), owner: z.string().min(1).max(64).default('ZhangSan') }),
    )
    return c.json(makeGroup(world, { name, owner }))
  })
  /** A person scans the official QR code. */
  app.post('/ways/:config/scan', async (c) => {
    const { chatId, state } = requireJoinWay(world, c.req.param('config'))
    joinGroup(world, { chatId, state, ...(await readBody(c, person)) })
    return c.json({ chatId })
  })
  /** The employee invites a person. */
  app.post('/:chat/invite', async (c) => {
    joinGroup(world, { chatId: c.req.param('chat'), state: '', ...(await readBody(c, person)) })
    return c.json({})
  })
  app.post('/:chat/leave', async (c) => {
    leaveGroup(world, { chatId: c.req.param('chat'), ...(await readBody(c, person)) })
    return c.json({})
  })
  app.post('/:chat/dismiss', (c) => {
    dismissGroup(world, c.req.param('chat'))
    return c.json({})
  })
  return app
}
