import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { givenRobot } from '../testing/factories'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { acquireLease, asOwner, LeaseLostError, releaseLease, renewLeases, type Owner } from './lease'

let database: TestDatabase
let robotId: string
const take = (workerId: string) => acquireLease(database.db, { robotId, workerId, ttlSeconds: 15 })
const expire = () =>
  database.sql`update leases set expires_at = clock_timestamp() - interval '1 second' where robot_id = ${robotId}`
const write = (owner: Owner) => asOwner(database.db, owner, async () => 'written')

beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  robotId = await givenRobot(database.db)
})

async function taken(workerId: string): Promise<NonNullable<Awaited<ReturnType<typeof take>>>> {
  const owner = await take(workerId)
  if (!owner) throw new Error('the robot is not free')
  return owner
}

describe('G6: one owner per robot', () => {
  it('of twenty workers at once one gets the robot', async () => {
    const owners = await Promise.all(Array.from({ length: 20 }, (_, index) => take(`wrk_${index}`)))
    expect(owners.filter(Boolean)).toHaveLength(1)
  })

  it('a silent owner loses the robot, and writes nothing when it wakes up', async () => {
    const first = await taken('wrk_a')
    await expire()
    const second = await taken('wrk_b')
    expect(second.epoch).toBeGreaterThan(first.epoch)
    await expect(write(first)).rejects.toThrow(LeaseLostError)
    expect(await write(second)).toBe('written')
  })

  it('a lease that ran out does not write, even while nobody else has taken the robot', async () => {
    const owner = await taken('wrk_a')
    await expire()
    await expect(write(owner)).rejects.toThrow(LeaseLostError)
  })

  it('a lease that ran out cannot be renewed', async () => {
    const owner = await taken('wrk_a')
    expect(await renewLeases(database.db, { workerId: 'wrk_a', ttlSeconds: 15 })).toEqual(
      new Map([[robotId, owner.epoch]]),
    )
    await expire()
    expect(await renewLeases(database.db, { workerId: 'wrk_a', ttlSeconds: 15 })).toEqual(new Map())
  })

  it('a robot given back is free at once, and only its owner gives it back', async () => {
    const owner = await taken('wrk_a')
    await releaseLease(database.db, { ...owner, epoch: owner.epoch + 1 })
    expect(await take('wrk_b')).toBeNull()
    await releaseLease(database.db, owner)
    expect(await take('wrk_b')).toMatchObject({ workerId: 'wrk_b' })
  })

  it('tells the next owner when the one before ended, and whether it gave the robot back', async () => {
    const first = await taken('wrk_a')
    const releasedMs = Date.now()
    await releaseLease(database.db, first)
    const second = await taken('wrk_b')
    expect(second.takeover.cause).toBe('worker_stopped')
    expect(Math.abs((second.takeover.at?.getTime() ?? 0) - releasedMs)).toBeLessThan(1000)
    await expire()
    const third = await taken('wrk_c')
    expect(third.takeover.cause).toBe('worker_lost')
    expect(Date.now() - (third.takeover.at?.getTime() ?? 0)).toBeGreaterThan(990)
  })

  it('a write that is held up keeps no lease of its worker from being renewed', async () => {
    const owner = await taken('wrk_held')
    const renewed = await asOwner(database.db, owner, () =>
      renewLeases(database.db, { workerId: 'wrk_held', ttlSeconds: 15 }),
    )
    expect(renewed).toEqual(new Map([[robotId, owner.epoch]]))
  })

  it('a take-over waits for the write under way', async () => {
    const first = await taken('wrk_a')
    const order: string[] = []
    const { promise: isHeld, resolve: held } = withResolvers()
    const { promise: mayCommit, resolve: commit } = withResolvers()
    const writing = asOwner(database.db, first, async () => {
      held()
      await mayCommit
      order.push('written')
    })
    await isHeld
    // Another connection lets the lease run out and takes the robot; both have to line up behind the write.
    const takingOver = expire()
      .then(() => take('wrk_b'))
      .then(() => order.push('taken'))
    commit()
    await Promise.all([writing, takingOver])
    expect(order).toEqual(['written', 'taken'])
  })
})

function withResolvers() {
  let resolve: () => void = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
