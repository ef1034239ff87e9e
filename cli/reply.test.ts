import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { useCli } from '@/cli/testing/use-cli'
import { replyDecisions, replyRules, ruleImages } from '@/lib/db/schema/reply'
import { newId } from '@/lib/id'
import { recordModelUsage } from '@/lib/model/model-usage'
import { givenApplication, givenRobot } from '@/lib/testing/factories'
import { tinyPng } from '@/lib/testing/tiny-png'

const cli = useCli()

it('F5: rules are created, tried, moved, turned off and removed', async () => {
  const of = ['--application', await givenApplication(cli.db), '--json']
  const rule = async (...args: string[]) => cli.run(['rule', ...args, ...of])
  const create = ['create', '--trigger', 'contains', '--pattern', '运费', '包邮', '--name']
  const first = await rule(...create, '运费', '--content', '满 99 元包邮。')
  const { ruleId } = first.json() as { ruleId: string }
  expect((await rule('try', '--text', '包邮吗')).json()).toMatchObject({ ruleId, content: '满 99 元包邮。' })
  const second = (await rule(...create, '转接', '--answer', 'handover')).json() as { ruleId: string }
  await rule('update', '--rule', second.ruleId, '--place', '1')
  expect((await rule('try', '--text', '包邮吗')).json()).toMatchObject({ ruleId: second.ruleId, answer: 'handover' })
  await rule('update', '--rule', second.ruleId, '--enabled', 'false')
  expect((await rule('try', '--text', '包邮吗')).json()).toMatchObject({ ruleId })
  await rule('remove', '--rule', ruleId)
  expect((await rule('list')).json().rules).toMatchObject([{ id: second.ruleId, isEnabled: false }])
  expect(
    await rule('create', '--trigger', 'matches', '--name', '坏', '--pattern', '(', '--content', '好'),
  ).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('RE2'),
  })
})

it('F5: a rule with a scope, hours and an image of this computer is created and changed field by field', async () => {
  const applicationId = await givenApplication(cli.db)
  const robotId = await givenRobot(cli.db, { applicationId })
  const of = ['--application', applicationId, '--json']
  const image = join(mkdtempSync(join(tmpdir(), 'wxbot-')), 'map.png')
  writeFileSync(image, tinyPng)
  const rule = async (...args: string[]) => cli.run(['rule', ...args, ...of])
  const create = ['create', '--name', '地图', '--trigger', 'contains', '--pattern', '地址', '--image', image]
  const hours = ['--hours', '00:00-00:00', '--days', '1', '2', '3', '4', '5', '6', '7', '--time-zone', 'Asia/Shanghai']
  const { ruleId } = (await rule(...create, '--robot', robotId, ...hours)).json() as { ruleId: string }
  const stored = async () => (await cli.db.select().from(replyRules).where(eq(replyRules.id, ruleId)))[0]
  expect(await stored()).toMatchObject({
    answer: 'image',
    hasImage: true,
    content: '',
    robotId,
    openingHours: { from: '00:00', to: '00:00', days: [1, 2, 3, 4, 5, 6, 7], timeZone: 'Asia/Shanghai' },
  })
  expect((await rule('try', '--text', '地址', '--robot', robotId)).json()).toMatchObject({ ruleId, answer: 'image' })
  await rule('update', '--rule', ruleId, '--trigger', 'first_contact', '--outside')
  expect(await stored()).toMatchObject({ trigger: 'first_contact', hasImage: true, openingHours: { isOutside: true } })
  await rule('update', '--rule', ruleId, '--robot', '', '--hours', '')
  expect(await stored()).toMatchObject({ robotId: null, openingHours: null })
  const first = await rule('try', '--event', 'first_message')
  expect(first.json()).toMatchObject({ ruleId })
  const images = () => cli.db.$count(ruleImages, eq(ruleImages.ruleId, ruleId))
  expect(await images()).toBe(1)
  await rule('update', '--rule', ruleId, '--content', 'https://shop.test/map.png')
  expect(await images()).toBe(0)
})

it('F5: a file of articles is imported, and imported again in its place', async () => {
  const of = ['--application', await givenApplication(cli.db), '--json']
  const path = join(mkdtempSync(join(tmpdir(), 'wxbot-')), 'faq.csv')
  writeFileSync(path, '问题,答案\n怎么退货,七天内可以退货。\n运费多少,满 99 元包邮。\n')
  const load = async () => (await cli.run(['article', 'import', path, ...of])).json()
  expect(await load()).toEqual({ count: 2, removedCount: 0 })
  expect(await load()).toEqual({ count: 2, removedCount: 2 })
  const list = async (...args: string[]) =>
    (await cli.run(['article', 'list', ...args, ...of])).json()['articles'] as { id: string }[]
  const [article] = await list('--search', '退货')
  expect(article).toMatchObject({ title: '怎么退货', source: 'faq.csv' })
  await cli.run(['article', 'remove', '--article', article?.id ?? '', ...of])
  expect(await list()).toHaveLength(1)
})

it('F5: figures of conversations are shown for an application and a range', async () => {
  const applicationId = await givenApplication(cli.db)
  const figures = ['conversation', 'figures', '--application', applicationId]
  const shown = (await cli.run([...figures, '--range', '7d', '--json'])).json()
  expect(shown).toMatchObject({ operatorCount: 0, requestCount: 0, typicalWaitMs: null })
  expect(shown['points']).toHaveLength(7)
  expect(await cli.run([...figures, '--range', '2h'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('24h'),
  })
})

it('F5: settings are changed one by one, and the key of the model comes from standard input and is not shown', async () => {
  const of = ['--application', await givenApplication(cli.db), '--json']
  const update = (args: string[], stdin = '') => cli.run(['reply', 'update', ...args, ...of], stdin)
  await update(['--rules', 'true', '--handover', 'true', '--keyword', '人工', '客服'])
  const model = ['--model-url', 'https://api.model.test/v1', '--model-name', 'm', '--model-key-stdin']
  const changed = await update(['--model', 'true', ...model], 'sk-secret\n')
  expect(changed.stdout).not.toContain('sk-secret')
  expect((await cli.run(['reply', 'show', ...of])).json()).toMatchObject({
    usesRules: true,
    usesModel: true,
    usesCallback: false,
    handoverKeywords: ['人工', '客服'],
    hasModelKey: true,
  })
  expect(await update(['--model-temperature', '3'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('--model-temperature'),
  })
})

it('F5: the log shows what replied to each message, or why nothing did', async () => {
  const applicationId = await givenApplication(cli.db)
  const robotId = await givenRobot(cli.db, { applicationId })
  const event = { robotId, personName: '小林', peerUsername: '@lin', state: 'done' } as const
  const silent = { outcome: 'silent', silence: 'no_match' } as const
  await cli.db.insert(replyDecisions).values([
    { ...event, ...silent, id: newId('decision'), eventKey: 'join:1' },
    { ...event, id: newId('decision'), eventKey: 'join:2', outcome: 'handed_over', source: 'keyword' },
  ])
  const log = async (...args: string[]) =>
    (await cli.run(['reply', 'log', '--application', applicationId, ...args, '--json'])).json()['decisions']
  expect(await log()).toMatchObject([{ outcome: 'handed_over', source: 'keyword' }, silent])
  expect(await log('--robot', robotId, '--outcome', 'silent')).toMatchObject([silent])
})

it('F5: replies are limited to a robot, and to all again with an empty one', async () => {
  const applicationId = await givenApplication(cli.db)
  const robotId = await givenRobot(cli.db, { applicationId })
  const update = (...args: string[]) => cli.run(['reply', 'update', '--application', applicationId, ...args, '--json'])
  expect((await update('--robot', robotId)).json()).toMatchObject({ robotIds: [robotId], qunIds: null })
  expect(await update('--robot', 'rbt_other')).toMatchObject({ code: 1 })
  expect(await update('--qun', 'qun_other')).toMatchObject({ code: 1 })
  expect((await update('--robot', '')).json()).toMatchObject({ robotIds: null })
})

it('F5: prices are set, shown with the use of the month, and unset with an empty one', async () => {
  const applicationId = await givenApplication(cli.db)
  await recordModelUsage(cli.db, { applicationId, promptTokens: 100, answerTokens: 10 })
  const reply = async (name: string, ...args: string[]) =>
    (await cli.run(['reply', name, '--application', applicationId, ...args, '--json'])).json()
  const prices = ['--model-input-price', '2', '--model-output-price', '8.5', '--model-currency', 'usd']
  expect(await reply('update', ...prices)).toMatchObject({ modelInputPrice: 2, modelOutputPrice: 8.5 })
  const usage = { requestCount: 1, tokenCount: 110, cost: 0.000285, budgetCost: 8.5, currency: 'USD' }
  expect(await reply('show')).toMatchObject({ modelCurrency: 'USD', monthlyUsage: usage })
  await reply('update', '--model-input-price', '')
  expect(await reply('show')).toMatchObject({ modelInputPrice: null, monthlyUsage: { tokenCount: 110, cost: null } })
})

it('F5: a wrong setting names its option and the limit', async () => {
  const of = ['--application', await givenApplication(cli.db)]
  const update = async (...args: string[]) => (await cli.run(['reply', 'update', ...of, ...args])).stderr
  expect(await update('--model-timeout', '61')).toMatch(/^--model-timeout is not valid: the maximum is 60\./)
  expect(await update('--room-limit', '0')).toMatch(/^--room-limit is not valid: the minimum is 1\./)
  expect(await update('--model-input-price', 'free')).toMatch(/^--model-input-price is not valid\./)
  expect(await update('--model-output-price', '10001')).toMatch(/^--model-output-price .*: the maximum is 10000\./)
  expect(await update('--model-currency', 'ABC')).toMatch(/^--model-currency is not valid\./)
  expect(await update('--model-rooms', 'sometimes')).toMatch(/^--model-rooms is not valid\./)
})
