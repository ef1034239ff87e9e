import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { givenApplication, givenRobot, givenSession } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { listRobotPage } from '@/lib/robot/list-robots'

let database: TestDatabase
let applicationId: string
beforeAll(async () => {
  database = await createTestDatabase()
  applicationId = await givenApplication(database.db)
  for (const [username, nickname] of [
    ['wx_1', '小微'],
    ['wx_2', '50%_off'],
    ['wx_3', ''],
  ])
    await givenRobot(database.db, { applicationId, username: username ?? '', nickname: nickname ?? '' })
})
afterAll(() => database.drop())

const list = (filters: Partial<Parameters<typeof listRobotPage>[1]> = {}) =>
  listRobotPage(database.db, {
    offset: 0,
    limit: 50,
    sort: { by: 'name', isDescending: false },
    applicationId,
    ...filters,
  })
const usernames = async (filters: Parameters<typeof list>[0]) =>
  (await list(filters)).rows.map((robot) => robot.username)

describe('listRobotPage', () => {
  it('pages through all robots in one order and returns the total', async () => {
    const pages = await Promise.all([0, 2].map((offset) => list({ offset, limit: 2 })))
    expect(pages.map(({ rows, total }) => [rows.map(({ username }) => username), total])).toEqual([
      [['wx_2', 'wx_3'], 3],
      [['wx_1'], 3],
    ])
    expect(await usernames({ sort: { by: 'name', isDescending: true } })).toEqual(['wx_1', 'wx_3', 'wx_2'])
  })

  it.each([
    ['小微', ['wx_1']],
    ['WX_3', ['wx_3']],
    ['%', ['wx_2']],
    ['\\', []],
  ])('matches %j literally', async (search, expected) => {
    expect(await usernames({ search })).toEqual(expected)
  })

  it('finds a robot by its complete id and by its status', async () => {
    const robotId = await givenRobot(database.db, { applicationId, username: 'wx_4' })
    await givenSession(database.db, { robotId, state: 'starting' })
    expect(await usernames({ search: robotId })).toEqual(['wx_4'])
    expect(await usernames({ status: 'waiting_scan' })).toEqual(['wx_4'])
    expect((await list({ status: 'offline' })).total).toBe(3)
    expect((await usernames({ sort: { by: 'status', isDescending: false } }))[0]).toBe('wx_4')
  })
})
