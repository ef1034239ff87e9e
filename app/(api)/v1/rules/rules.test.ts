import { serve } from '@hono/node-server'
import { eq } from 'drizzle-orm'
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createApplication } from '@/lib/application/create-application'
import { auditEntries } from '@/lib/db/schema/operator'
import { callRoute } from '@/lib/testing/call-route'
import { openTestWeb, type TestWeb } from '@/lib/testing/open-test-web'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { createModel } from '@/simulator/model'
import * as articles from '@/app/(api)/v1/articles/route'
import * as question from '@/app/(api)/v1/model/question/route'
import * as settings from '@/app/(api)/v1/reply-settings/route'
import * as place from '@/app/(api)/v1/rules/[ruleId]/place/route'
import * as one from '@/app/(api)/v1/rules/[ruleId]/route'
import * as rules from '@/app/(api)/v1/rules/route'

let database: TestDatabase
let web: TestWeb
let token: string
let model: Server
let modelUrl: string
beforeAll(async () => {
  database = await createTestDatabase()
  web = await openTestWeb(database, { EGRESS_ALLOW: '127.0.0.0/8' })
  model = serve({ fetch: createModel().fetch, hostname: '127.0.0.1', port: 0 }) as Server
  if (!model.listening) await once(model, 'listening')
  modelUrl = `http://127.0.0.1:${(model.address() as AddressInfo).port}/model/v1`
  const { sealer } = web.context
  const created = await database.db.transaction((tx) => createApplication(tx, { sealer, name: 'a', callbackUrl: null }))
  token = created.token
})
afterAll(async () => {
  await web.close()
  model.close()
  await database.drop()
})

type Rule = { id: string; name: string }
const post = (route: Parameters<typeof callRoute>[0], body: object, params = {}) =>
  callRoute(route, 'POST', { params, body: { token, ...body } })

async function create(name: string): Promise<string> {
  const rule = { name, trigger: 'contains', patterns: [name], answer: 'text', content: '好' }
  const { data } = await post(rules, rule)
  return (data as { rule: Rule }).rule.id
}

const namesOf = ({ data }: { data?: unknown }) => (data as { rules: Rule[] }).rules.map(({ name }) => name)

it('a rule is read alone and put at another place, which the audit records', async () => {
  const ids = [await create('一'), await create('二'), await create('三')]
  const ruleId = ids[2]!
  const shown = await callRoute(one, 'GET', { params: { ruleId }, query: { token } })
  expect(shown.data?.['rule']).toMatchObject({ id: ruleId, name: '三' })
  const moved = await post(place, { place: 1 }, { ruleId })
  expect(namesOf(moved)).toEqual(['三', '一', '二'])
  const last = await post(place, { place: 1000 }, { ruleId })
  expect(namesOf(last)).toEqual(['一', '二', '三'])
  expect(await post(place, { place: 0 }, { ruleId })).toMatchObject({ retCode: -1005 })
  const entries = await database.db.select().from(auditEntries).where(eq(auditEntries.targetId, ruleId))
  expect(entries.map(({ action, detail }) => [action, detail]).slice(1)).toEqual([
    ['rule.update', { place: 1 }],
    ['rule.update', { place: 1000 }],
  ])
})

it('one article is created, and the model is asked only if there is one', async () => {
  const created = await post(articles, { title: '怎么退货', content: '七天内可以退货。' })
  expect(created.data?.['article']).toMatchObject({ title: '怎么退货', source: '' })
  expect(await post(articles, { title: '', content: '七天内可以退货。' })).toMatchObject({ retCode: -1005 })
  expect(await post(question, { question: '怎么退货？' })).toMatchObject({ retCode: -1006 })
  await post(settings, { model_url: modelUrl, model_name: 'simulator' })
  expect(await post(question, { question: '怎么退货？' })).toMatchObject({
    retCode: 0,
    data: { outcome: 'answered', failure: '', articles: [{ title: '怎么退货', cited: true }], cost: null },
  })
  await post(settings, { model_input_price: 2, model_output_price: 2 })
  const { data } = await post(question, { question: '怎么退货？' })
  const tokenCount = data?.['token_count'] as number
  expect(data).toMatchObject({ cost: Number((tokenCount * 0.000002).toFixed(6)), currency: 'CNY' })
  expect(tokenCount).toBeGreaterThan(0)
})
