import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { givenApplication, givenRobot } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { listApplicationNames, listApplicationPage } from '@/lib/application/list-applications'

let database: TestDatabase
let shop: string
beforeAll(async () => {
  database = await createTestDatabase()
  shop = await givenApplication(database.db, { name: '云商城', callbackUrl: 'https://shop.example/cb' })
  await givenApplication(database.db, { name: '50%_off', disabledAt: new Date() })
  await givenApplication(database.db, { name: 'Bookshop' })
  await givenRobot(database.db, { applicationId: shop })
  await givenRobot(database.db, { applicationId: shop, deletedAt: new Date() })
})
afterAll(() => database.drop())

const list = (filter: Partial<Parameters<typeof listApplicationPage>[1]> = {}) =>
  listApplicationPage(database.db, { offset: 0, limit: 50, sort: { by: 'created', isDescending: true }, ...filter })
const names = async (filter: Parameters<typeof list>[0]) => (await list(filter)).rows.map(({ name }) => name)

describe('listApplicationPage', () => {
  it('returns pages, newest first, with the total', async () => {
    expect(await names({ limit: 2 })).toEqual(['Bookshop', '50%_off'])
    expect(await list({ offset: 2, limit: 2 })).toMatchObject({ rows: [{ name: '云商城', robotCount: 1 }], total: 3 })
  })

  it.each([
    ['SHOP', ['Bookshop', '云商城']],
    ['%', ['50%_off']],
    ['nothing', []],
  ])('finds %j literally in names and callback URLs', async (search, expected) => {
    expect(await names({ search })).toEqual(expected)
  })

  it('finds by exact id and by state, and sorts by the number of robots', async () => {
    expect(await names({ search: shop })).toEqual(['云商城'])
    expect(await names({ state: 'disabled' })).toEqual(['50%_off'])
    expect(await names({ state: 'enabled', search: 'off' })).toEqual([])
    expect((await names({ sort: { by: 'robots', isDescending: true } }))[0]).toBe('云商城')
  })
})

describe('listApplicationNames', () => {
  it('returns the newest names, or those of the requested ids', async () => {
    expect((await listApplicationNames(database.db)).map(({ name }) => name)).toEqual(['Bookshop', '50%_off', '云商城'])
    expect(await listApplicationNames(database.db, { ids: [shop] })).toEqual([{ id: shop, name: '云商城' }])
    expect(await listApplicationNames(database.db, { ids: [] })).toEqual([])
  })
})
