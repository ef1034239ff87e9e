import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { givenApplication, givenRobot, givenSession } from '../testing/factories'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { createRobot } from './create-robot'
import { markRobotDeleted } from './delete-robot'
import { getAnyRobotOrThrow, getRobotOrThrow } from './get-robot'
import { listRobots } from './list-robots'
import { updateRobot } from './update-robot'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

describe('createRobot', () => {
  it('makes one robot of many calls at once, and another one in another application', async () => {
    const applicationId = await givenApplication(database.db)
    const create = (owner: string) => createRobot(database.db, { applicationId: owner, username: 'weimi1001' })
    const made = await Promise.all(Array.from({ length: 20 }, () => create(applicationId)))
    expect(new Set(made.map((robot) => robot.id)).size).toBe(1)
    expect((await create(await givenApplication(database.db))).id).not.toBe(made[0]?.id)
  })

  it('A6: makes a new id for the username of a deleted robot', async () => {
    const applicationId = await givenApplication(database.db)
    const first = await createRobot(database.db, { applicationId, username: 'weimi2002' })
    await markRobotDeleted(database.db, { robotId: first.id })
    const second = await createRobot(database.db, { applicationId, username: 'weimi2002' })
    expect(second.id).not.toBe(first.id)
    expect(await listRobots(database.db, { applicationId })).toEqual([second])
  })
})

describe('getRobotOrThrow', () => {
  it.each([
    ['starting', 'waiting_scan'],
    ['waiting_scan', 'waiting_scan'],
    ['waiting_confirm', 'waiting_confirm'],
    ['online', 'online'],
    ['reconnecting', 'reconnecting'],
    ['ended', 'offline'],
  ] as const)('shows a robot whose session is %s as %s', async (state, status) => {
    const robotId = await givenRobot(database.db)
    await givenSession(database.db, { robotId, state })
    expect(await getAnyRobotOrThrow(database.db, { robotId })).toMatchObject({ id: robotId, status })
  })

  it('G7: does not find another application’s robot, nor one with bytes Postgres refuses', async () => {
    const robotId = await givenRobot(database.db)
    for (const id of [robotId, 'rbt_\0', ''])
      await expect(getRobotOrThrow(database.db, { applicationId: 'app_x', robotId: id })).rejects.toMatchObject({
        code: 'ROBOT_NOT_FOUND',
      })
  })
})

describe('updateRobot', () => {
  it('changes what is given only', async () => {
    const robotId = await givenRobot(database.db, { agentId: 'A123456' })
    expect(await updateRobot(database.db, { robotId, sendRatePerMinute: 7 })).toMatchObject({
      sendRatePerMinute: 7,
      agentId: 'A123456',
    })
    expect(await updateRobot(database.db, { robotId, agentId: null })).toMatchObject({ agentId: null })
  })
})
