import { asc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addNote } from '@/lib/conversation/add-note'
import { requestHandover } from '@/lib/conversation/request-handover'
import { listEntries } from '@/lib/conversation/list-conversation-messages'
import { rememberPerson, reidentifyPeople } from '@/lib/conversation/reidentify-people'
import { conversations, knownPeople } from '@/lib/db/schema/conversation'
import { messages } from '@/lib/db/schema/message'
import { robots } from '@/lib/db/schema/robot'
import { acceptMessage } from '@/lib/message/accept-message'
import { receiveMessage } from '@/lib/testing/receive-message'
import { givenApplication, givenRobot, givenSession } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

let database: TestDatabase
let robotId: string
beforeAll(async () => void (database = await createTestDatabase()))
afterAll(() => database.drop())
beforeEach(async () => {
  robotId = await givenRobot(database.db, { applicationId: await givenApplication(database.db) })
  await database.db.update(robots).set({ wechatUin: '1001' }).where(eq(robots.id, robotId))
  await givenSession(database.db, { robotId })
})

type Person = { username: string; nickname: string; remark?: string }
/** The address book of a login. */
const list = (...people: Person[]) =>
  database.db.transaction((tx) =>
    reidentifyPeople(tx, { robotId, listed: people.map((person) => ({ remark: '', ...person })) }),
  )
let number = 0
async function say(from: string, text: string, senderName = '小林') {
  const about = { robotId, roomId: null, senderUsername: from, senderName, type: 'text' as const, text, media: null }
  await database.db.transaction(async (tx) => {
    await receiveMessage(tx, { ...about, wechatId: `w${++number}` }, { mediaUrl: (id) => id })
    await rememberPerson(tx, { robotId, username: from, nickname: senderName })
  })
}
const stored = () =>
  database.db
    .select()
    .from(conversations)
    .where(eq(conversations.robotId, robotId))
    .orderBy(asc(conversations.createdAt), asc(conversations.id))
const textsOf = async (username: string) =>
  (
    await database.db
      .select({ content: messages.content, peer: messages.peerUsername })
      .from(messages)
      .where(eq(messages.robotId, robotId))
      .orderBy(messages.sequence)
  )
    .filter(({ peer }) => peer === username)
    .map(({ content }) => content)

const lin = (username: string, remark = ''): Person => ({ username, nickname: '小林', remark })
const wang = (username: string): Person => ({ username, nickname: '王芳' })

describe('after a login, in which people have other ids', () => {
  it('a person who wrote before the address book arrived stays one conversation', async () => {
    await list(lin('@a1'), wang('@b1'))
    await say('@a1', '在吗')
    const [before] = await stored()
    await database.db.transaction((tx) => addNote(tx, { conversationId: before!.id, operatorId: null, text: '老客户' }))
    await database.db.transaction((tx) => requestHandover(tx, before!, { source: 'keyword', text: '人工' }))
    const waitingSince = (await stored())[0]?.waitingSince
    expect(waitingSince).toBeInstanceOf(Date)
    await say('@a2', '又来了')
    const [, second] = await stored()
    await database.db.transaction((tx) => addNote(tx, { conversationId: second!.id, operatorId: null, text: '又问' }))
    await list(lin('@a2'), wang('@b2'))
    const after = await stored()
    expect(after).toMatchObject([
      { id: before!.id, peerUsername: '@a2', state: 'waiting', unreadCount: 2, lastMessageId: second!.lastMessageId },
    ])
    expect(after[0]!.waitingSince).toEqual(waitingSince)
    expect(await textsOf('@a2')).toEqual(['在吗', '又来了'])
    const entries = await listEntries(database.db, { conversationId: before!.id, since: null, until: null })
    expect(entries.map(({ text }) => text).filter(Boolean)).toEqual(['老客户', '又问'])
  })

  it('an operator replies to a person who has not written yet: the message goes to the current id', async () => {
    await list(lin('@a1'))
    await say('@a1', '在吗')
    await database.db.transaction((tx) =>
      acceptMessage(tx, { robotId, toUser: '@a1', type: 'text', content: '在', timeoutMs: 60_000 }),
    )
    await list(lin('@a2'))
    expect(await stored()).toMatchObject([{ peerUsername: '@a2' }])
    expect(await textsOf('@a2')).toEqual(['在吗', '在'])
    await say('@a2', '谢谢')
    expect(await stored()).toHaveLength(1)
  })

  it('a new friend whom the earlier address book did not list is found by the nickname', async () => {
    await list(wang('@b1'))
    await say('@a1', '刚加你')
    await list(wang('@b2'), lin('@a2'))
    expect(await stored()).toMatchObject([{ peerUsername: '@a2' }])
  })

  it('a remark identifies a person whatever the nickname is now', async () => {
    await list(lin('@a1', '大客户'))
    await say('@a1', '在吗')
    await list({ username: '@a2', nickname: '改名了', remark: '大客户' }, lin('@x2'))
    expect(await stored()).toMatchObject([{ peerUsername: '@a2' }])
  })

  it.each<[string, Person[], Person[]]>([
    ['two people of the name are listed now', [lin('@a1')], [lin('@a2'), lin('@x2')]],
    ['two people of the name were listed before, one of whom is gone', [lin('@a1'), lin('@x1')], [lin('@a2')]],
    ['the person with a remark took its nickname', [lin('@a1', '大客户')], [lin('@a2')]],
    ['a person took the remark as a nickname', [lin('@a1', '大客户')], [{ username: '@a2', nickname: '大客户' }]],
    ['no listed person has the name', [lin('@a1')], [wang('@b2')]],
  ])('%s: the conversation stays with its id, and a new one begins', async (_, first, second) => {
    await list(...first)
    await say('@a1', '在吗')
    await list(...second)
    await say('@a2', '你好')
    expect(new Set((await stored()).map(({ peerUsername }) => peerUsername))).toEqual(new Set(['@a1', '@a2']))
    // The name stays ambiguous when only one of those people is left.
    const [only] = second
    await list({ ...only!, username: '@z3' })
    expect((await stored()).map(({ peerUsername }) => peerUsername)).toContain('@a1')
  })

  it('another account of the robot does not continue conversations, and no other robot is touched', async () => {
    await list(lin('@a1'))
    await say('@a1', '在吗')
    const first = robotId
    robotId = await givenRobot(database.db, { applicationId: await givenApplication(database.db) })
    await database.db.update(robots).set({ wechatUin: '1001' }).where(eq(robots.id, robotId))
    await list(lin('@a2'))
    robotId = first
    expect(await stored()).toMatchObject([{ peerUsername: '@a1' }])
    await database.db.update(robots).set({ wechatUin: '2002' }).where(eq(robots.id, robotId))
    await list(lin('@a2'))
    expect(await stored()).toMatchObject([{ peerUsername: '@a1' }])
  })

  it('a restart without a login changes nothing, and people without a conversation are forgotten after the next login', async () => {
    await list(lin('@a1'), wang('@b1'))
    await say('@a1', '在吗')
    const before = await stored()
    await list(lin('@a1'), wang('@b1'))
    expect(await stored()).toEqual(before)
    await list(wang('@b2'))
    const rows = await database.db.select().from(knownPeople).where(eq(knownPeople.robotId, robotId))
    expect(rows.map(({ username }) => username).toSorted()).toEqual(['@a1', '@b2'])
  })
})
