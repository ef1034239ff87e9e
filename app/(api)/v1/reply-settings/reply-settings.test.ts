import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { auditEntries } from '@/lib/db/schema/operator'
import { replySettings } from '@/lib/db/schema/reply'
import { recordModelUsage } from '@/lib/model/model-usage'
import { findReplySettings, openModelKey } from '@/lib/reply/reply-settings'
import { createQun } from '@/lib/qun/create-qun'
import { givenRobot } from '@/lib/testing/factories'
import { callRoute } from '@/lib/testing/call-route'
import { useTenant } from '@/lib/testing/use-tenant'
import * as route from '@/app/(api)/v1/reply-settings/route'

const tenant = useTenant()

const show = async () =>
  (await callRoute(route, 'GET', { headers: { authorization: `Bearer ${tenant.token}` } })).data?.['settings']
const change = (body: object) => callRoute(route, 'POST', { body: { token: tenant.token, ...body } })

it('F5: settings are off at first, a change keeps the others, and the key of the model is sealed and never returned', async () => {
  expect(await show()).toMatchObject({ uses_rules: false, uses_model: false, handover_keywords: ['人工'] })
  const key = 'sk-of-the-model'
  const changed = await change({ uses_model: true, model_url: 'https://api.model.test/v1', model_key: key })
  expect(changed.data?.['settings']).toMatchObject({ uses_model: true, uses_rules: false, has_model_key: true })
  await change({ uses_rules: true, robot_ids: [] })
  expect(await show()).toMatchObject({
    uses_rules: true,
    uses_model: true,
    has_model_key: true,
    robot_ids: [],
    model_url: 'https://api.model.test/v1',
  })
  const stored = (await findReplySettings(tenant.db, { applicationId: tenant.applicationId }))!
  expect(openModelKey(stored, tenant.web.context.sealer)).toBe(key)
  const rows = [
    await tenant.db.select().from(replySettings),
    await tenant.db.select().from(auditEntries).where(eq(auditEntries.targetId, tenant.applicationId)),
    [changed, await show()],
  ]
  expect(JSON.stringify(rows)).not.toContain(key)
  await change({ model_key: '' })
  expect(await show()).toMatchObject({ has_model_key: false })
})

it('replies are limited to robots and merchant groups of the application, and to no others', async () => {
  const { db } = tenant
  const robotId = await givenRobot(db, { applicationId: tenant.applicationId })
  const foreign = await givenRobot(db)
  const qun = { groupCode: 'c', ownerName: '王', nameTemplate: '{owner}', sealer: tenant.web.context.sealer }
  const make = (of: string) => db.transaction((tx) => createQun(tx, { ...qun, robotId: of, groupCode: of }))
  const [{ id: qunId }, { id: foreignQunId }] = [await make(robotId), await make(foreign)]
  const changed = await change({ robot_ids: [robotId], qun_ids: [qunId] })
  expect(changed.data?.['settings']).toMatchObject({ robot_ids: [robotId], qun_ids: [qunId] })
  expect(await change({ robot_ids: [robotId, foreign] })).toMatchObject({ status: 404, retCode: -1005 })
  expect(await change({ qun_ids: [foreignQunId] })).toMatchObject({
    retCode: -1005,
    errorMsg: '群不存在',
  })
  expect(await show()).toMatchObject({ robot_ids: [robotId], qun_ids: [qunId] })
  await change({ robot_ids: null, qun_ids: null })
  expect(await show()).toMatchObject({ robot_ids: null, qun_ids: null })
})

it('prices are set with up to 6 decimals, unset with null, and give the cost of the month', async () => {
  const read = async () =>
    (await callRoute(route, 'GET', { headers: { authorization: `Bearer ${tenant.token}` } })).data
  const none = { request_count: 0, token_count: 0, cost: null, budget_cost: null, currency: 'CNY' }
  expect(await read()).toMatchObject({ settings: { model_input_price: null, model_currency: 'CNY' }, usage: none })
  await recordModelUsage(tenant.db, { applicationId: tenant.applicationId, promptTokens: 1000, answerTokens: 100 })
  await change({ model_input_price: 0.123456, model_monthly_tokens: 2_000_000 })
  expect(await read()).toMatchObject({ usage: { token_count: 1100, cost: null, budget_cost: null } })
  const changed = await change({ model_output_price: 0.6, model_currency: ' usd' })
  const prices = { model_input_price: 0.123456, model_output_price: 0.6, model_currency: 'USD' }
  expect(changed.data?.['settings']).toMatchObject(prices)
  const usage = { request_count: 1, token_count: 1100, cost: 0.000183, budget_cost: 1.2, currency: 'USD' }
  expect(await read()).toMatchObject({ settings: prices, usage })
  for (const [name, value] of [
    ['model_input_price', 0.1234567],
    ['model_input_price', 10_000.01],
    ['model_output_price', -1],
    ['model_currency', 'YUAN'],
    ['model_currency', 'ABC'],
  ] as const)
    expect(await change({ [name]: value })).toMatchObject({
      retCode: -1005,
      errorMsg: expect.stringContaining(name),
    })
  expect(await read()).toMatchObject({ settings: prices })
  await change({ model_output_price: null })
  expect(await read()).toMatchObject({ settings: { model_output_price: null }, usage: { cost: null } })
})

it('a change with a value out of range, or an invalid address, changes nothing', async () => {
  const before = await show()
  for (const body of [{ model_temperature: 3 }, { model_url: 'ftp://x' }, { handover_keywords: [''] }])
    expect(await change({ uses_callback: true, ...body })).toMatchObject({ retCode: -1005 })
  expect(await show()).toEqual(before)
})
