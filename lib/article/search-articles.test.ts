import { afterAll, beforeAll, expect, it } from 'vitest'
import { importArticles } from '@/lib/article/articles'
import { searchArticles } from '@/lib/article/search-articles'
import { givenApplication } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

let database: TestDatabase
let applicationId: string
beforeAll(async () => {
  database = await createTestDatabase()
  applicationId = await givenApplication(database.db)
  const parsed = [
    { title: '怎么退货', content: '收到商品七天内，凭订单号申请退货，运费由卖家承担。' },
    { title: '运费', content: '满 99 元包邮，否则运费 8 元。' },
    { title: '营业时间', content: '周一到周五，九点到六点。' },
    { title: 'Invoice', content: 'Write to billing@shop.test for an invoice.' },
  ]
  await database.db.transaction((tx) => importArticles(tx, { applicationId, fileName: 'faq', parsed }))
  const foreign = await givenApplication(database.db)
  const secret = [{ title: '怎么退货', content: '别家的退货规则' }]
  await database.db.transaction((tx) => importArticles(tx, { applicationId: foreign, fileName: 'faq', parsed: secret }))
})
afterAll(() => database.drop())

const titles = async (question: string) =>
  (await searchArticles(database.db, { applicationId, question, limit: 5 })).map(({ title }) => title)

it.each([
  ['我想退货可以吗', '怎么退货'],
  ['包邮吗', '运费'],
  ['周五几点关门，营业吗', '营业时间'],
  ['I need an INVOICE', 'Invoice'],
])('%s finds the article %s first', async (question, title) => {
  expect((await titles(question))[0]).toBe(title)
})

it('a question that shares no term finds nothing, and articles of another application are never found', async () => {
  expect(await titles('天气')).toEqual([])
  expect(await titles('？！')).toEqual([])
  const found = await searchArticles(database.db, { applicationId, question: '别家的退货规则', limit: 50 })
  expect(found.every(({ content }) => !content.includes('别家'))).toBe(true)
})
