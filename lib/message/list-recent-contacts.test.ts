import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { RobotConnection } from '@/lib/db/types'
import { newId } from '@/lib/id'
import { listRecentContacts } from '@/lib/message/list-recent-contacts'
import { recordWelcome } from '@/lib/message/record-welcome'
import { givenRobot, givenSession } from '@/lib/testing/factories'
import { receiveMessage } from '@/lib/testing/receive-message'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

let database: TestDatabase
let robotId: string
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database?.drop())
beforeEach(async () => void (robotId = await givenRobot(database.db, { connection: 'wecom_kf' })))

let count = 0
const receive = (from: string, senderName: string, to = robotId) =>
  database.db.transaction((tx) => {
    const message = { robotId: to, roomId: null, type: 'text' as const, text: '在吗', media: null }
    const written = { ...message, wechatId: String(++count), senderUsername: from, senderName }
    return receiveMessage(tx, written, { mediaUrl: (id) => id })
  })
const welcome = (peerUsername: string) =>
  database.db.transaction((tx) =>
    recordWelcome(tx, { robotId, messageId: newId('message'), peerUsername, text: '您好' }),
  )

type Options = { connection?: RobotConnection; search?: string; limit?: number }

/** Returns the ids on each page. */
async function readPages({ connection = 'wecom_kf', search, limit = 50 }: Options = {}): Promise<string[][]> {
  const pages: string[][] = []
  let cursor: string | undefined
  do {
    const page = await listRecentContacts(database.db, { robotId, connection, search, limit, cursor })
    pages.push(page.rows.map(({ id }) => id))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  return pages
}

it('pages list each person who wrote once, the latest first, with the current nickname', async () => {
  for (const person of ['wm1', 'wm2', 'wm3', 'wm4']) await receive(person, `顾客 ${person}`)
  await receive('wm2', '李伟')
  await receive('wm9', '别家的顾客', await givenRobot(database.db, { connection: 'wecom_kf' }))
  expect(await readPages({ limit: 2 })).toEqual([
    ['wm2', 'wm4'],
    ['wm3', 'wm1'],
  ])
  const { rows } = await listRecentContacts(database.db, { robotId, connection: 'wecom_kf', limit: 1 })
  expect(rows).toEqual([{ id: 'wm2', nickname: '李伟', isOwner: false }])
})

it('a page after a person who has written again meanwhile continues where the previous one ended', async () => {
  for (const person of ['wm1', 'wm2', 'wm3']) await receive(person, person)
  const query = { robotId, connection: 'wecom_kf', limit: 2 } as const
  const { nextCursor } = await listRecentContacts(database.db, query)
  await receive('wm2', 'wm2')
  const { rows } = await listRecentContacts(database.db, { ...query, cursor: String(nextCursor) })
  expect(rows.map(({ id }) => id)).toEqual(['wm1'])
})

it('a person who only got a welcome text is not listed until they write', async () => {
  await receive('wm1', '王芳')
  await welcome('wm1')
  await welcome('wm2')
  expect(await readPages()).toEqual([['wm1']])
  await receive('wm2', '李伟')
  expect(await readPages()).toEqual([['wm2', 'wm1']])
})

describe('a search', () => {
  beforeEach(async () => {
    await receive('wm1', 'Wang芳')
    await receive('wm2', '李伟')
    await receive('wm3', '王芳_100%')
    await receive('wm4', '')
    await receive('wm9', 'Wang芳', await givenRobot(database.db, { connection: 'wecom_kf' }))
  })

  it.each([
    ['芳', ['wm3', 'wm1']],
    ['wang', ['wm1']],
    ['_100%', ['wm3']],
    ['%', ['wm3']],
    ['wm4', ['wm4']],
    ['wm', []],
    ['wm9', []],
    ['没有的人', []],
  ])('for %s finds nicknames that contain it, and the person with this id', async (search, found) => {
    expect((await readPages({ search })).flat()).toEqual(found)
    expect((await readPages({ search, limit: 1 })).flat()).toEqual(found)
  })
})

it.each(['wm1', '-1', '1.5', '9'.repeat(16), "1' or 1"])(
  'refuses the cursor %s, which is of no page',
  async (cursor) => {
    for (const connection of ['wecom_kf', 'ilink'] as const)
      await expect(listRecentContacts(database.db, { robotId, connection, limit: 1, cursor })).rejects.toMatchObject({
        code: 'INVALID_PARAMETER',
        message: expect.stringContaining('cursor'),
      })
  },
)

it('a robot whose ids change with each login lists who wrote in the current one', async () => {
  robotId = await givenRobot(database.db, { connection: 'web' })
  await receive('@earlier', '王芳')
  await givenSession(database.db, { robotId, onlineAt: sql`clock_timestamp()` as never })
  await receive('@current', '李伟')
  expect(await readPages({ connection: 'web' })).toEqual([['@current']])
})

const owner = { id: 'person@im.wechat', nickname: '', isOwner: true }

it.each([
  [undefined, [owner]],
  [owner.id, [owner]],
  ['person', []],
])('an iLink robot lists the person who scanned, with the search %s', async (search, rows) => {
  robotId = await givenRobot(database.db, { connection: 'ilink', wechatUin: owner.id })
  const query = { robotId, connection: 'ilink', search, limit: 1 } as const
  expect(await listRecentContacts(database.db, query)).toEqual({ rows, nextCursor: null })
})
