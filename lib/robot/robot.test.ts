import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { robots } from '@/lib/db/schema/robot'
import { givenApplication, givenConnector, givenRobot, givenSession } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { createRobot } from '@/lib/robot/create-robot'
import { markRobotDeleted, updateRobot } from '@/lib/robot/update-robot'
import { getAnyRobotOrThrow, getRobotOrThrow } from '@/lib/robot/get-robot'
import { listRobots } from '@/lib/robot/list-robots'

const settings = { WECHAT: 'simulator', WECHAT_WEB_RISK: 'refused', DEFAULT_CONNECTION: undefined } as const
let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

describe('createRobot', () => {
  it('creates one robot for concurrent calls, and another one in another application', async () => {
    const applicationId = await givenApplication(database.db)
    const create = (owner: string) =>
      createRobot(database.db, { applicationId: owner, username: 'weimi1001', maxRobots: 0, settings })
    const results = await Promise.all(Array.from({ length: 20 }, () => create(applicationId)))
    expect(new Set(results.map(({ robot }) => robot.id)).size).toBe(1)
    expect(results.filter(({ isNew }) => isNew)).toHaveLength(1)
    const elsewhere = await create(await givenApplication(database.db))
    expect(elsewhere.robot.id).not.toBe(results[0]?.robot.id)
  })

  it('E6: refuses a second robot on a customer service account, also of another application and in concurrent calls', async () => {
    const owners = [await givenApplication(database.db), await givenApplication(database.db)]
    const connectorId = await givenConnector(database.db, { applicationIds: owners })
    const create = (applicationId: string, username: string) =>
      createRobot(database.db, { applicationId, username, connection: 'wecom_kf', connectorId, maxRobots: 0, settings })
    const results = await Promise.allSettled(owners.map((owner) => create(owner, 'wkShop')))
    const refused = results.filter(({ status }) => status === 'rejected')
    expect(refused).toMatchObject([{ reason: { code: 'ILLEGAL_ACTION', options: { reason: 'kf_account_taken' } } }])
    const { robot: other } = await create(owners[0]!, '客服二')
    await database.db.update(robots).set({ wechatUin: 'wkOther' }).where(eq(robots.id, other.id))
    await expect(create(owners[1]!, 'wkOther')).rejects.toMatchObject({ options: { reason: 'kf_account_taken' } })
    expect(await create(owners[0]!, '客服二')).toMatchObject({ robot: { id: other.id }, isNew: false })
  })

  it('may create the customer service account of a 客服 robot, under a name that WeCom takes', async () => {
    const applicationId = await givenApplication(database.db)
    const connectorId = await givenConnector(database.db, { applicationIds: [applicationId] })
    const create = (username: string, connection: 'web' | 'wecom_kf', createsAccount = true) =>
      createRobot(database.db, {
        applicationId,
        username,
        connection,
        connectorId: connection === 'wecom_kf' ? connectorId : undefined,
        createsAccount,
        maxRobots: 0,
        settings,
      })
    const flagOf = async (id: string) =>
      (await database.db.select().from(robots).where(eq(robots.id, id)))[0]?.createsAccount
    const { robot } = await create('门店客服', 'wecom_kf', false)
    expect(await flagOf(robot.id)).toBe(false)
    expect(await create('门店客服', 'wecom_kf')).toMatchObject({ robot: { id: robot.id }, isNew: false })
    expect(await flagOf(robot.id)).toBe(true)
    expect(await flagOf((await create('二'.repeat(16), 'wecom_kf')).robot.id)).toBe(true)
    await expect(create('三'.repeat(17), 'wecom_kf')).rejects.toMatchObject({
      code: 'INVALID_PARAMETER',
      options: { reason: 'kf_account_name', parameter: 'username' },
    })
    await expect(create('weimi7', 'web')).rejects.toMatchObject({
      options: { reason: 'create_account_not_fitting', parameter: 'create_account' },
    })
  })

  it('enforces the maximum of an application, also for concurrent calls, and still returns existing robots', async () => {
    const applicationId = await givenApplication(database.db)
    const create = (username: string) => createRobot(database.db, { applicationId, username, maxRobots: 3, settings })
    const results = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => create(`weimi_${index}`)))
    const created = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value.robot] : []))
    expect(created).toHaveLength(3)
    await expect(create('one more')).rejects.toMatchObject({
      code: 'ILLEGAL_ACTION',
      message: expect.stringMatching(/最多 3 个机器人/),
    })
    expect(await create(created[0]!.username)).toEqual({ robot: created[0], isNew: false })
    await markRobotDeleted(database.db, { robotId: created[0]!.id })
    expect(await create('one more')).toMatchObject({ robot: { username: 'one more' }, isNew: true })
  })

  it('A6: assigns a new id to the username of a deleted robot', async () => {
    const applicationId = await givenApplication(database.db)
    const create = () => createRobot(database.db, { applicationId, username: 'weimi2002', maxRobots: 0, settings })
    const { robot: first } = await create()
    await markRobotDeleted(database.db, { robotId: first.id })
    const { robot: second } = await create()
    expect(second.id).not.toBe(first.id)
    expect(await listRobots(database.db, { applicationId })).toEqual([second])
  })
})

describe("a robot's connection", () => {
  const real = { ...settings, WECHAT: 'real' } as const
  const create = async (options: Partial<Parameters<typeof createRobot>[1]> = {}) => {
    const applicationId = options.applicationId ?? (await givenApplication(database.db))
    const wanted = { username: 'weimi1001', maxRobots: 0, settings, ...options, applicationId }
    return (await createRobot(database.db, wanted)).robot
  }

  it.each([
    ['web with the simulator', {}, 'web'],
    ['ilink with the real WeChat', { settings: real }, 'ilink'],
    ['what the installation says', { settings: { ...settings, DEFAULT_CONNECTION: 'ilink' } }, 'ilink'],
    ['the requested connection', { connection: 'ilink' }, 'ilink'],
    [
      'web for a real account whose risk is accepted',
      { settings: { ...real, WECHAT_WEB_RISK: 'accepted' }, connection: 'web' },
      'web',
    ],
  ] as const)('a robot’s connection is %s', async (_, options, connection) => {
    expect(await create(options)).toMatchObject({ connection })
  })

  it("a robot's connection is its application's default before the installation's", async () => {
    const applicationId = await givenApplication(database.db, { defaultConnection: 'ilink' })
    expect(await create({ applicationId })).toMatchObject({ connection: 'ilink' })
  })

  it('never changes: the same username with another connection is refused, without one it is the same robot', async () => {
    const applicationId = await givenApplication(database.db)
    const robot = await create({ applicationId })
    await expect(create({ applicationId, connection: 'ilink' })).rejects.toMatchObject({
      code: 'ILLEGAL_ACTION',
      message: '机器人已经存在，连接方式是 web，不能更改',
    })
    expect(await create({ applicationId, settings: real })).toEqual(robot)
  })

  it.each([['web with the real WeChat', { settings: real, connection: 'web' }, /扫码/]] as const)(
    'a robot’s connection is refused with the reason: %s',
    async (_, options, message) => {
      await expect(create(options)).rejects.toMatchObject({
        code: 'ILLEGAL_ACTION',
        message: expect.stringMatching(message),
      })
    },
  )
})

describe('getRobotOrThrow', () => {
  it.each([
    ['starting', 'waiting_scan'],
    ['waiting_scan', 'waiting_scan'],
    ['waiting_confirm', 'waiting_confirm'],
    ['online', 'online'],
    ['reconnecting', 'reconnecting'],
    ['ended', 'offline'],
  ] as const)('returns a robot whose session is %s as %s', async (state, status) => {
    const robotId = await givenRobot(database.db)
    await givenSession(database.db, { robotId, state })
    expect(await getAnyRobotOrThrow(database.db, { robotId })).toMatchObject({ id: robotId, status })
  })

  it('G7: finds no robot of another application, and none with bytes that Postgres refuses', async () => {
    const robotId = await givenRobot(database.db)
    for (const id of [robotId, 'rbt_\0', ''])
      await expect(getRobotOrThrow(database.db, { applicationId: 'app_x', robotId: id })).rejects.toMatchObject({
        code: 'ROBOT_NOT_FOUND',
      })
  })
})

describe('updateRobot', () => {
  it('changes only the given fields', async () => {
    const robotId = await givenRobot(database.db, { agentId: 'A123456' })
    expect(await updateRobot(database.db, { robotId, sendRatePerMinute: 7 })).toMatchObject({
      sendRatePerMinute: 7,
      agentId: 'A123456',
    })
    expect(await updateRobot(database.db, { robotId, agentId: null })).toMatchObject({ agentId: null })
  })
})
