import assert from 'node:assert/strict'
import fc from 'fast-check'
import { afterAll, beforeAll, it } from 'vitest'
import { recordOnline } from '@/lib/session/record-session-state'
import { givenRobot, givenSession } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { resolveAmbiguity } from '@/lib/room/resolve-ambiguity'
import { findTarget } from '@/lib/room/find-target'
import { listAmbiguities } from '@/lib/room/list-ambiguities'
import { markRoomGone } from '@/lib/room/mark-room-gone'
import { storeRooms } from '@/lib/room/store-rooms'
import type { CountedRoom } from '@/lib/room/room-evidence'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const roomCount = 4
/** Few names, so that rooms often share or swap them. */
const names = ['老同学', '售后群 100086', '家人们']
const anyRoom = fc.nat({ max: roomCount - 1 })
const anyAction = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('login' as const), isRawIdReported: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('sync' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resume' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('rename' as const),
      room: anyRoom,
      name: fc.constantFrom(...names),
      isSeen: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('leave' as const), room: anyRoom, isSeen: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('join' as const), room: anyRoom, isSeen: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('say' as const), room: anyRoom, isDescribed: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('decide' as const) }) },
)
type Action = typeof anyAction extends fc.Arbitrary<infer T> ? T : never

/** The real group behind a room. Its members are unique to it and never change. */
type Group = { number: number; name: string; isIn: boolean; username: string }

type Row = { id: string; name: string; username: string | null; wechatId: string | null; isGone: boolean }

/** Simulates WeChat for one robot, and records which group each id was assigned to. */
class World {
  readonly groups: Group[] = Array.from({ length: roomCount }, (_, number) => {
    return { number, name: names[number % names.length] ?? '', isIn: number % 2 === 0, username: '' }
  })
  /** The group of each id ever returned, and of each `@@…` ever reported. */
  readonly groupOfId = new Map<string, number>()
  readonly reported = new Map<string, number>()
  #loginNumber = 0
  #isRawIdReported = false

  private constructor(readonly robotId: string) {}

  static async open(): Promise<World> {
    const world = new World(await givenRobot(database.db))
    await world.act({ do: 'login', isRawIdReported: false })
    return world
  }

  async act(action: Action): Promise<void> {
    const { db, sql } = database
    const { robotId } = this
    const group = 'room' in action ? this.groups[action.room] : undefined
    switch (action.do) {
      case 'login': {
        await sql`update sessions set state = 'ended' where robot_id = ${robotId}`
        await this.#goOnline(await givenSession(db, { robotId, state: 'waiting_confirm' }))
        this.#loginNumber++
        this.#isRawIdReported = action.isRawIdReported
        for (const each of this.groups) each.username = `@@${each.number}x${this.#loginNumber}`
        return
      }
      case 'resume': {
        const [session] = await sql`select id from sessions where robot_id = ${robotId} and state <> 'ended'`
        return this.#goOnline(String(session?.['id']))
      }
      case 'sync':
        return this.#sync()
      case 'rename':
        if (group) group.name = action.name
        return action.isSeen ? this.#see(group) : undefined
      case 'join':
        if (group) group.isIn = true
        return action.isSeen ? this.#see(group) : undefined
      case 'leave':
        if (!group?.isIn) return
        group.isIn = false
        if (action.isSeen) await db.transaction((tx) => markRoomGone(tx, { robotId, username: group.username }))
        return
      case 'say':
        return this.#see(group, action.isDescribed)
      case 'decide':
        return this.#decide()
    }
  }

  async #goOnline(sessionId: string): Promise<void> {
    const account = { uin: '1', username: '@me', nickname: '小微' }
    await database.db.transaction((tx) => recordOnline(tx, { robotId: this.robotId, sessionId, account }))
  }

  /** Stores a complete list. The id of a group that is unambiguous must not change. */
  async #sync(): Promise<void> {
    const present = this.groups.filter((group) => group.isIn)
    const before = await this.#rows()
    const certain = present.flatMap((group) => {
      const [row, ...more] = before.filter((one) => this.groupOfId.get(one.id) === group.number)
      if (!row || more.length > 0) return []
      const isRawIdKnown = this.#isRawIdReported && row.wechatId !== null
      const isOwnName = (name: string) =>
        [...before.filter((one) => one !== row), ...present.filter((one) => one !== group)].every(
          (one) => one.name !== name,
        )
      const isNameClear = row.name !== '' && isOwnName(group.name) && isOwnName(row.name)
      return row.username === group.username || isRawIdKnown || isNameClear ? [{ group, id: row.id }] : []
    })
    const ids = await this.#store(
      present.map((group) => this.#present(group)),
      true,
    )
    for (const { group, id } of certain) assert.equal(ids.get(group.username), id)
  }

  async #see(group: Group | undefined, isDescribed = true): Promise<void> {
    if (group?.isIn) await this.#store([this.#present(group, isDescribed)], false)
  }

  #present(group: Group, isDescribed = true): CountedRoom {
    const { username, name, number } = group
    const wechatId = this.#isRawIdReported ? `${number}@chatroom` : null
    if (!isDescribed) return { username, name: '', memberCount: 0, wechatId, headSeq: null, members: null }
    const members = [...'abcdef'].map((letter) => [`${letter}${number}`])
    return { username, name, memberCount: members.length, wechatId, headSeq: null, members }
  }

  /** Stores rooms; no id is assigned to a second group. */
  async #store(seen: CountedRoom[], isComplete: boolean): Promise<Map<string, string>> {
    const { robotId } = this
    const ids = await database.db.transaction((tx) => storeRooms(tx, { robotId, seen, isComplete }))
    for (const [username, id] of ids) {
      const number = Number(/\d+/.exec(username)?.[0])
      this.reported.set(username, number)
      if (!this.groupOfId.has(id)) this.groupOfId.set(id, number)
      assert.equal(this.groupOfId.get(id), number, `${id} as ${username}`)
    }
    assert.equal(new Set(ids.values()).size, ids.size)
    return ids
  }

  /** Decides one ambiguity as an operator who knows the real group. */
  async #decide(): Promise<void> {
    const { robotId } = this
    const [ambiguity] = await listAmbiguities(database.db, { robotId })
    if (!ambiguity) return
    const number = this.groupOfId.get(ambiguity.room.id)
    const known = ambiguity.candidates.find((candidate) => this.groupOfId.get(candidate.id) === number)
    const decision = { robotId, roomId: ambiguity.room.id, knownRoomId: known?.id ?? null }
    await database.db.transaction((tx) => resolveAmbiguity(tx, decision))
  }

  async #rows(): Promise<Row[]> {
    return database.sql`
      select id, name, username, wechat_id as "wechatId", gone_at is not null as "isGone" from rooms where robot_id = ${this.robotId}`
  }

  /** Every `@@…` ever reported and every id resolves to its group; if the group has one room, all resolve to that room. */
  async check(): Promise<void> {
    const rows = await this.#rows()
    for (const [toUser, number] of [...this.reported, ...this.groupOfId]) {
      const resolved = await findTarget(database.db, { robotId: this.robotId, toUser, connection: 'web' }).catch(
        () => null,
      )
      if (resolved) assert.equal(this.groupOfId.get(resolved.roomId ?? ''), number, toUser)
      const [row, ...more] = rows.filter((one) => this.groupOfId.get(one.id) === number)
      const isCurrent = row && more.length === 0 && this.groups[number]?.username === row.username
      if (isCurrent && !row.isGone) assert.equal(resolved?.roomId, row.id, toUser)
    }
  }
}

it('A9: in any order of events no id is assigned to two rooms, no unambiguous id is lost, and previous @@… resolve to the same room', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyAction, { minLength: 5, maxLength: 30, size: 'max' }), async (actions) => {
      const world = await World.open()
      for (const action of actions) await world.act(action)
      await world.check()
    }),
    { numRuns: 40 },
  )
}, 60_000)
