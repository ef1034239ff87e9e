import { serve } from '@hono/node-server'
import { eq } from 'drizzle-orm'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { answerQuestion, type ModelContext } from '@/lib/actions/answer-question'
import { embedDueArticles } from '@/lib/actions/embed-articles'
import { readEmbeddingState } from '@/lib/article/article-embeddings'
import { importArticles, listArticles, saveArticle } from '@/lib/article/articles'
import { findArticles } from '@/lib/article/find-articles'
import { articleEmbeddings, modelUsage } from '@/lib/db/schema/reply'
import { createEgressPolicy } from '@/lib/egress/create-egress-policy'
import { findReplySettings, updateReplySettings } from '@/lib/reply/reply-settings'
import type { ReplySettingsChange } from '@/lib/reply/reply-fields'
import { createSealer } from '@/lib/secret'
import { givenApplication } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { createModel } from '@/simulator/model'

const sealer = createSealer([{ id: 'test', key: Buffer.alloc(32, 'k') }])
const egress = createEgressPolicy({ allow: ['127.0.0.0/8'], ownPorts: [] })
const shop = [
  { title: '退货', content: '七天内可以退货，运费由卖家承担。' },
  { title: '发票', content: '下单时填写抬头。' },
  { title: '门店', content: '北京路 1 号，早九晚六。' },
]
/** Shares no pair of characters with an article, and its characters with one. */
const question = '这个货能不能退呢'

let database: TestDatabase
let server: ReturnType<typeof serve>
let modelUrl: string
let requests: string[]
let context: ModelContext
let applicationId: string
beforeAll(async () => {
  database = await createTestDatabase()
  context = { db: database.db, sealer, egress, simulatorOrigin: undefined }
  const model = createModel()
  server = await new Promise((resolve) => {
    const fetch = async (request: Request) => {
      const { pathname } = new URL(request.url)
      requests.push(pathname)
      return pathname.startsWith('/none/') && pathname.endsWith('/embeddings')
        ? Response.json({ error: { message: 'no such call' } }, { status: 404 })
        : model.fetch(new Request(request.url.replace('/none/', '/model/'), request))
    }
    const started = serve({ fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(started))
  })
  modelUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/model/v1`
})
afterAll(async () => {
  server.close()
  await database.drop()
})
beforeEach(async () => {
  await database.sql`delete from reply_settings`
  requests = []
  applicationId = await givenApplication(database.db)
  await set({ usesModel: true, modelUrl, modelName: 'simulator', embeddingModel: 'simulator' })
  await load(shop)
})

const set = (change: ReplySettingsChange) =>
  database.db.transaction((tx) => updateReplySettings(tx, { sealer, applicationId, ...change }))
const load = (parsed: { title: string; content: string }[]) =>
  database.db.transaction((tx) => importArticles(tx, { applicationId, fileName: 'faq.csv', parsed }))
const signal = new AbortController().signal
async function embedAll(): Promise<void> {
  while ((await embedDueArticles(context, signal)) !== null);
}
const state = async () => {
  const settings = (await findReplySettings(database.db, { applicationId }))!
  return readEmbeddingState(database.db, { applicationId, origin: `${settings.modelUrl} ${settings.embeddingModel}` })
}
async function ask(text: string) {
  const settings = (await findReplySettings(database.db, { applicationId }))!
  return answerQuestion(context, { settings, question: text, history: [] })
}
const used = async () =>
  (await database.db.select().from(modelUsage).where(eq(modelUsage.applicationId, applicationId)))[0]

it('a question finds an article by its meaning that it does not find by its words, and its tokens are counted', async () => {
  expect(await findArticles(database.db, { applicationId, question, meaning: null, limit: 5 })).toEqual([])
  expect(await ask(question)).toMatchObject({ outcome: 'handover', articles: [], embeddingFailure: '' })
  await embedAll()
  expect(await state()).toEqual({ articleCount: 3, embeddedCount: 3, failure: '' })
  await set({ modelInputPrice: 1, modelOutputPrice: 0 })
  const before = (await used())!.promptTokens
  const answer = await ask(question)
  expect(answer).toMatchObject({
    outcome: 'answered',
    answer: '七天内可以退货，运费由卖家承担。',
    articles: [{ title: '退货', isCited: true }],
  })
  const promptTokens = (await used())!.promptTokens - before
  expect(promptTokens).toBeGreaterThan(question.length)
  // The embedding is paid as input.
  expect(answer.cost).toBe(promptTokens / 1_000_000)
})

it('an article that both searches find comes first, and one that neither finds is not given', async () => {
  await load([...shop, { title: '退货地址', content: '北京路 1 号' }])
  await embedAll()
  expect((await ask('退货地址')).articles.map(({ title }) => title)).toEqual(['退货地址', '退货'])
  expect((await ask('明天下雨')).articles).toEqual([])
})

it('a changed article is embedded again, and other applications and models have vectors of their own', async () => {
  await embedAll()
  const { rows } = await listArticles(database.db, { applicationId, offset: 0, limit: 10 })
  const changed = rows.find(({ title }) => title === '退货')!
  await database.db.transaction((tx) =>
    saveArticle(tx, { applicationId, articleId: changed.id, title: '保修', content: '保修一年。' }),
  )
  expect((await ask(question)).articles).toEqual([])
  await embedAll()
  expect((await ask('修的话保多久')).articles.map(({ title }) => title)).toEqual(['保修'])
  await set({ embeddingModel: 'another' })
  expect(await state()).toMatchObject({ embeddedCount: 0 })
  await embedAll()
  expect(await state()).toMatchObject({ embeddedCount: 3 })
  const first = applicationId
  applicationId = await givenApplication(database.db)
  await set({ usesModel: true, modelUrl, modelName: 'simulator', embeddingModel: 'another' })
  expect((await ask('修的话保多久')).articles).toEqual([])
  expect(await database.db.$count(articleEmbeddings, eq(articleEmbeddings.applicationId, first))).toBe(3)
})

it('a service without embeddings is named to the operator, and articles are still found by their words', async () => {
  await set({ modelUrl: modelUrl.replace('/model/', '/none/') })
  await embedAll()
  expect(await state()).toMatchObject({ embeddedCount: 0, failure: expect.stringContaining('404') })
  const answer = await ask('可以退货吗')
  expect(answer).toMatchObject({ outcome: 'answered', embeddingFailure: expect.stringContaining('404') })
  // The next run is minutes later, after a change of the settings at once.
  requests = []
  await embedAll()
  expect(requests).toEqual([])
  await set({ modelUrl })
  await embedAll()
  expect(await state()).toEqual({ articleCount: 3, embeddedCount: 3, failure: '' })
})

it('nothing is embedded beyond the monthly tokens', async () => {
  await set({ modelMonthlyTokens: 1 })
  await database.db
    .insert(modelUsage)
    .values({ applicationId, month: new Date().toISOString().slice(0, 8) + '01', promptTokens: 1 })
  await embedAll()
  expect(await state()).toMatchObject({ embeddedCount: 0, failure: expect.stringContaining('tokens are used up') })
  expect(await ask('可以退货吗')).toMatchObject({ outcome: 'failed', tokenCount: 0 })
  expect(requests).toEqual([])
})

it('two workers pay once for an article', async () => {
  await Promise.all([embedAll(), embedAll(), embedAll()])
  expect(await state()).toMatchObject({ embeddedCount: 3 })
  expect(requests).toHaveLength(1)
})

it('compares with the operator of pgvector where the database has it, with the same result', async () => {
  await embedAll()
  const ofSql = await ask(question)
  // Stands for the extension, which the embedded Postgres does not contain: the same names, in SQL.
  await database.sql.unsafe(`
    create domain vector as real[];
    create function cosine_distance(real[], real[]) returns float8 language sql as
      'select 1 - sum(a * b) from unnest($1, $2) as pair(a, b)';
    create operator <=> (leftarg = real[], rightarg = real[], function = cosine_distance);`)
  expect((await ask(question)).articles).toEqual(ofSql.articles)
  expect(ofSql.articles).toHaveLength(1)
  await database.sql.unsafe('drop operator <=> (real[], real[]); drop function cosine_distance; drop domain vector')
})
