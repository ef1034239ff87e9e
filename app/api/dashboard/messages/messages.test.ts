import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { messages } from '@/lib/db/schema/message'
import { auditEntries } from '@/lib/db/schema/operator'
import { newId } from '@/lib/id'
import { givenRobot, givenSession } from '@/lib/testing/factories'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as one from '@/app/api/dashboard/robots/[robotId]/messages/[messageId]/route'
import * as stream from '@/app/api/dashboard/robots/[robotId]/messages/route'
import * as all from '@/app/api/dashboard/messages/route'

const test = useDashboard()
let robotId: string
let messageId: string
beforeEach(async () => {
  robotId = await givenRobot(test.db, { nickname: '小微' })
  messageId = newId('message')
  const waiting = { direction: 'out', state: 'queued', type: 'text', idempotencyKey: '订单 7' } as const
  await test.db.insert(messages).values([
    { id: newId('message'), robotId, content: '第一条', ...waiting, idempotencyKey: null },
    { id: messageId, robotId, content: '第二条', ...waiting },
  ])
})
const list = (query: string) => test.asAdmin(all.GET, 'GET', { query })
const show = (ids: Record<string, string>) => test.asAdmin(one.GET, 'GET', { ids })

describe('messages', () => {
  it('messages of all robots are filtered by robot, state and direction, and carry the robot’s name', async () => {
    const { body } = await list(`?robot=${robotId}&state=queued&direction=out`)
    expect(body).toMatchObject({ total: 2, rows: [{ id: messageId, robotNickname: '小微' }, { content: '第一条' }] })
    expect((await list(`?robot=${robotId}&state=failed`)).body.total).toBe(0)
  })

  it.each(['?state=lost', '?direction=up', '?since=yesterday', '?page=0'])(
    'messages of all robots are refused for %s, and the parameter is named',
    async (query) => {
      const parameter = query.slice(1).split('=')[0]
      expect(await list(query)).toMatchObject({ status: 400, body: { error: { parameter } } })
    },
  )

  it('messages of a robot carry their position in the queue', async () => {
    const { body } = await test.asAdmin(stream.GET, 'GET', { ids: { robotId }, query: '?q=第二' })
    expect(body).toMatchObject([{ id: messageId, state: 'queued', position: 2 }])
    expect(await test.asAdmin(stream.GET, 'GET', { ids: { robotId }, query: '?before=x' })).toMatchObject({
      status: 400,
    })
  })

  it('messages are read one by one, only through their own robot', async () => {
    expect((await show({ robotId, messageId })).body).toMatchObject({ position: 2, idempotencyKey: '订单 7' })
    const other = await givenRobot(test.db)
    for (const ids of [
      { robotId: other, messageId },
      { robotId, messageId: 'msg_none' },
    ])
      expect(await show(ids)).toMatchObject({ status: 404 })
  })
})

it('a send of an operator is audited whatever its outcome', async () => {
  const ids = { robotId: await givenRobot(test.db) }
  await givenSession(test.db, ids)
  const refused = { state: 'refused', code: 'WECHAT_REFUSED', message: '微信拒绝了请求（Ret 3）' } as const
  const owner = test.startFakeWorker({ message: () => refused })
  const form = { toUser: 'filehelper', type: 'text', content: '你好' }
  const { body } = await test.asAdmin(stream.POST, 'POST', { ids, body: form })
  await owner.close()
  expect(body).toMatchObject({ error: { code: 'WECHAT_REFUSED' } })
  const [sent] = await test.db.select().from(messages).where(eq(messages.robotId, ids.robotId))
  const entries = await test.db.select().from(auditEntries).where(eq(auditEntries.action, 'message.send'))
  expect(entries).toMatchObject([{ targetId: sent?.id, detail: ids, actor: `operator:${test.adminId}` }])
})
