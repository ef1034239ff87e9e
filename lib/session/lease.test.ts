import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { givenRobot } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { acquireLease, asOwner, LeaseLostError, releaseLease, renewLeases, type Owner } from '@/lib/session/lease'

let database: TestDatabase
let robotId: string
const acquire = (workerId: string) => acquireLease(database.db, { robotId, workerId, ttlSeconds: 15 })
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

async function acquired(workerId: string): Promise<NonNullable<Awaited<ReturnType<typeof acquire>>>> {
  const owner = await acquire(workerId)
  if (!owner) throw new Error('the robot is not free')
  return owner
}

describe('G6: one owner per robot', () => {
  it('one of twenty concurrent workers acquires the robot', async () => {
    const owners = await Promise.all(Array.from({ length: 20 }, (_, index) => acquire(`wrk_${index}`)))
    expect(owners.filter(Boolean)).toHaveLength(1)
  })

  it('an owner with an expired lease loses the robot, and its later writes fail', async () => {
    const first = await acquired('wrk_a')
    await expire()
    const second = await acquired('wrk_b')
    expect(second.epoch).toBeGreaterThan(first.epoch)
    await expect(write(first)).rejects.toThrow(LeaseLostError)
    expect(await write(second)).toBe('written')
  })

  it('an expired lease does not write, even if no other worker has acquired the robot', async () => {
    const owner = await acquired('wrk_a')
    await expire()
    await expect(write(owner)).rejects.toThrow(LeaseLostError)
  })

  it('an expired lease cannot be renewed', async () => {
    const owner = await acquired('wrk_a')
    expect(await renewLeases(database.db, { workerId: 'wrk_a', robotIds: [robotId], ttlSeconds: 15 })).toEqual(
      new Map([[robotId, owner.epoch]]),
    )
    await expire()
    expect(await renewLeases(database.db, { workerId: 'wrk_a', robotIds: [robotId], ttlSeconds: 15 })).toEqual(
      new Map(),
    )
  })

  it('a released robot can be acquired at once, and only its owner releases it', async () => {
    const owner = await acquired('wrk_a')
    await releaseLease(database.db, { ...owner, epoch: owner.epoch + 1 })
    expect(await acquire('wrk_b')).toBeNull()
    await releaseLease(database.db, owner)
    expect(await acquire('wrk_b')).toMatchObject({ workerId: 'wrk_b' })
  })

  it('the next owner learns when the previous lease ended, and whether it was released', async () => {
    const first = await acquired('wrk_a')
    const releasedMs = Date.now()
    await releaseLease(database.db, first)
    const second = await acquired('wrk_b')
    expect(second.takeover.cause).toBe('worker_stopped')
    expect(Math.abs((second.takeover.at?.getTime() ?? 0) - releasedMs)).toBeLessThan(1000)
    await expire()
    const third = await acquired('wrk_c')
    expect(third.takeover.cause).toBe('worker_lost')
    expect(Date.now() - (third.takeover.at?.getTime() ?? 0)).toBeGreaterThan(990)
  })

  it('a blocked write does not block the renewal of its lease', async () => {
    const owner = await acquired('wrk_held')
    const renewed = await asOwner(database.db, owner, () =>
      renewLeases(database.db, { workerId: 'wrk_held', robotIds: [robotId], ttlSeconds: 15 }),
    )
    expect(renewed).toEqual(new Map([[robotId, owner.epoch]]))
  })

  it('a takeover waits for the write in progress', async () => {
    const first = await acquired('wrk_a')
    const order: string[] = []
    const { promise: isHeld, resolve: held } = withResolvers()
    const { promise: mayCommit, resolve: commit } = withResolvers()
    const writing = asOwner(database.db, first, async () => {
      held()
      await mayCommit
      order.push('written')
    })
    await isHeld
    // Another connection expires the lease and acquires the robot; both have to wait for the write.
    const takingOver = expire()
      .then(() => acquire('wrk_b'))
      .then(() => order.push('acquired'))
    commit()
    await Promise.all([writing, takingOver])
    expect(order).toEqual(['written', 'acquired'])
  })
})

function withResolvers() {
  let resolve: () => void = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
