import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { messages } from '@/lib/db/schema/message'
import { auditEntries } from '@/lib/db/schema/operator'
import { newId } from '@/lib/id'
import { givenRobot, givenSession } from '@/lib/testing/factories'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as one from '../robots/[robotId]/messages/[messageId]/route'
import * as stream from '../robots/[robotId]/messages/route'
import * as all from './route'

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
  it('of all robots are found by robot, state and direction, with the robot’s name', async () => {
    const { answer } = await list(`?robot=${robotId}&state=queued&direction=out`)
    expect(answer).toMatchObject({ total: 2, rows: [{ id: messageId, robotNickname: '小微' }, { content: '第一条' }] })
    expect((await list(`?robot=${robotId}&state=failed`)).answer.total).toBe(0)
  })

  it.each(['?state=lost', '?direction=up', '?since=yesterday', '?page=0'])('refuse %s by name', async (query) => {
    const parameter = query.slice(1).split('=')[0]
    expect(await list(query)).toMatchObject({ status: 400, answer: { error: { parameter } } })
  })

  it('of a robot come with their place in line', async () => {
    const { answer } = await test.asAdmin(stream.GET, 'GET', { ids: { robotId }, query: '?q=第二' })
    expect(answer).toMatchObject([{ id: messageId, state: 'queued', place: 2 }])
    expect(await test.asAdmin(stream.GET, 'GET', { ids: { robotId }, query: '?before=x' })).toMatchObject({
      status: 400,
    })
  })

  it('are shown one by one, to their own robot only', async () => {
    expect((await show({ robotId, messageId })).answer).toMatchObject({ place: 2, idempotencyKey: '订单 7' })
    const other = await givenRobot(test.db)
    for (const ids of [
      { robotId: other, messageId },
      { robotId, messageId: 'msg_none' },
    ])
      expect(await show(ids)).toMatchObject({ status: 404 })
  })
})

it('an operator’s send is in the audit whatever becomes of it', async () => {
  const ids = { robotId: await givenRobot(test.db) }
  await givenSession(test.db, ids)
  const refused = { state: 'refused', code: 'WECHAT_REFUSED', message: '微信拒绝' } as const
  const owner = test.standIn({ message: () => refused })
  const body = { toUser: 'filehelper', type: 'text', content: '你好' }
  const { answer } = await test.asAdmin(stream.POST, 'POST', { ids, body })
  await owner.close()
  expect(answer).toMatchObject({ error: { code: 'WECHAT_REFUSED' } })
  const [sent] = await test.db.select().from(messages).where(eq(messages.robotId, ids.robotId))
  const entries = await test.db.select().from(auditEntries).where(eq(auditEntries.action, 'message.send'))
  expect(entries).toMatchObject([{ targetId: sent?.id, detail: ids, actor: `operator:${test.adminId}` }])
})
