import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { givenApplication, givenRobot } from '../testing/factories'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { listApplicationNames } from './list-application-names'
import { listApplicationPage } from './list-application-page'

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

const list = (wanted: Partial<Parameters<typeof listApplicationPage>[1]> = {}) =>
  listApplicationPage(database.db, { offset: 0, limit: 50, sort: { by: 'created', isDescending: true }, ...wanted })
const names = async (wanted: Parameters<typeof list>[0]) => (await list(wanted)).rows.map(({ name }) => name)

describe('listApplicationPage', () => {
  it('pages, newest first, and counts the whole', async () => {
    expect(await names({ limit: 2 })).toEqual(['Bookshop', '50%_off'])
    expect(await list({ offset: 2, limit: 2 })).toMatchObject({ rows: [{ name: '云商城', robotCount: 1 }], total: 3 })
  })

  it.each([
    ['SHOP', ['Bookshop', '云商城']],
    ['%', ['50%_off']],
    ['nothing', []],
  ])('finds %j in names and callback addresses, as the text that it is', async (search, found) => {
    expect(await names({ search })).toEqual(found)
  })

  it('finds an application by its whole id, by its state, and has the one with the most robots first', async () => {
    expect(await names({ search: shop })).toEqual(['云商城'])
    expect(await names({ state: 'disabled' })).toEqual(['50%_off'])
    expect(await names({ state: 'enabled', search: 'off' })).toEqual([])
    expect((await names({ sort: { by: 'robots', isDescending: true } }))[0]).toBe('云商城')
  })
})

describe('listApplicationNames', () => {
  it('tells names to choose from, newest first, or those of the ids that are asked for', async () => {
    expect((await listApplicationNames(database.db)).map(({ name }) => name)).toEqual(['Bookshop', '50%_off', '云商城'])
    expect(await listApplicationNames(database.db, { ids: [shop] })).toEqual([{ id: shop, name: '云商城' }])
    expect(await listApplicationNames(database.db, { ids: [] })).toEqual([])
  })
})
