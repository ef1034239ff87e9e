import { serve } from '@hono/node-server'
import { eq } from 'drizzle-orm'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { useCli } from '@/cli/testing/use-cli'
import { conversationEntries, conversations } from '@/lib/db/schema/conversation'
import { auditEntries } from '@/lib/db/schema/operator'
import { replySettings } from '@/lib/db/schema/reply'
import { givenApplication, givenOperator, givenRobot } from '@/lib/testing/factories'
import { receiveMessage } from '@/lib/testing/receive-message'
import { createModel } from '@/simulator/model'

const cli = useCli()

async function givenConversation() {
  const applicationId = await givenApplication(cli.db)
  const robotId = await givenRobot(cli.db, { applicationId })
  const person = { senderUsername: '@lin', senderName: '小林', roomId: null }
  const message = { wechatId: robotId, type: 'text', text: '请问几点开门？', media: null } as const
  await cli.db.transaction((tx) => receiveMessage(tx, { robotId, ...person, ...message }, { mediaUrl: (id) => id }))
  const [row] = await cli.db.select().from(conversations).where(eq(conversations.robotId, robotId))
  return { applicationId, robotId, conversationId: row!.id }
}

it('F5: a conversation is listed, shown, handed over, assigned, released and resolved', async () => {
  const { applicationId, robotId, conversationId } = await givenConversation()
  const email = 'kefu@shop.example'
  await givenOperator(cli.db, { email, role: 'admin' })
  const run = async (...args: string[]) => (await cli.run(['conversation', ...args, '--json'])).json()
  const act = (name: string, ...args: string[]) => run(name, '--conversation', conversationId, ...args)
  const listed = { id: conversationId, nickname: '小林', state: 'bot', unread: 1, lastText: '请问几点开门？' }
  expect(await run('list', '--application', applicationId)).toMatchObject({ conversations: [listed] })
  expect(await run('list', '--robot', robotId, '--view', 'waiting')).toEqual({ conversations: [] })
  expect(await act('show')).toMatchObject({
    conversation: listed,
    messages: [{ direction: 'in', content: '请问几点开门？', source: null }],
  })
  expect(await cli.run(['conversation', 'assign', '--conversation', conversationId, '--operator', ''])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('not assigned'),
  })
  expect(await act('handover', '--reason', '要求退款')).toMatchObject({ state: 'waiting', operator: null })
  expect(await act('assign', '--operator', email)).toMatchObject({ state: 'assigned', operator: email })
  expect(await act('assign', '--operator', '')).toMatchObject({ state: 'waiting', operator: null })
  await act('note', '--text', '老客户')
  expect(await act('resolve')).toMatchObject({ state: 'closed' })
  const entries = await cli.db
    .select({ kind: conversationEntries.kind, text: conversationEntries.text })
    .from(conversationEntries)
    .where(eq(conversationEntries.conversationId, conversationId))
    .orderBy(conversationEntries.id)
  expect(entries.map(({ kind }) => kind)).toEqual(['handover_requested', 'assigned', 'released', 'note', 'resolved'])
  expect(await cli.db.$count(auditEntries, eq(auditEntries.targetId, conversationId))).toBe(5)
})

it('F5: a reply to an offline robot is refused with the reason', async () => {
  const { conversationId } = await givenConversation()
  const reply = ['conversation', 'reply', '--conversation', conversationId]
  const run = (...args: string[]) => cli.run([...reply, ...args], '', { PUBLIC_URL: 'http://127.0.0.1:3000' })
  expect(await run()).toMatchObject({ code: 1, stderr: expect.stringContaining('--text') })
  expect(await run('--text', '九点')).toMatchObject({ code: 1, stderr: expect.stringMatching(/log/i) })
})

it('F5: quick replies are added, listed and removed', async () => {
  const of = ['--application', await givenApplication(cli.db)]
  const run = (...args: string[]) => cli.run(['quick-reply', ...args, ...of, '--json'])
  const { quickReplyId } = (await run('add', '--shortcut', '退货', '--text', '七天内可以退货。')).json()
  expect((await run('list')).json()).toEqual({
    quickReplies: [{ id: quickReplyId, shortcut: '退货', text: '七天内可以退货。' }],
  })
  expect(await run('add', '--shortcut', '退货', '--text', '再来')).toMatchObject({ code: 1 })
  expect(await run('add', '--shortcut', '', '--text', '再来')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('--shortcut'),
  })
  await run('remove', '--quick-reply', String(quickReplyId))
  expect((await run('list')).json()).toEqual({ quickReplies: [] })
})

it('F5: the model is asked a question, if there is one', async () => {
  const applicationId = await givenApplication(cli.db)
  const ask = ['reply', 'ask', '--application', applicationId, '--question', '怎么退货？', '--json']
  expect(await cli.run(ask)).toMatchObject({ code: 1 })
  const model = serve({ fetch: createModel().fetch, hostname: '127.0.0.1', port: 0 }) as Server
  if (!model.listening) await once(model, 'listening')
  const modelUrl = `http://127.0.0.1:${(model.address() as AddressInfo).port}/model/v1`
  await cli.db.insert(replySettings).values({ applicationId, modelUrl, modelName: 'simulator' })
  const asked = await cli.run(ask)
  model.close()
  expect(asked.json()).toMatchObject({ outcome: 'handover', answer: '', failure: '', articles: [] })
})
