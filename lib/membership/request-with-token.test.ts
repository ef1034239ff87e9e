import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { memberships } from '@/lib/db/schema/membership'
import { createQun } from '@/lib/qun/create-qun'
import { encodeJoinToken } from '@/lib/qun/join-token-text'
import { getJoinToken, issueJoinToken, type JoinToken } from '@/lib/qun/join-token'
import { createSealer } from '@/lib/secret'
import { givenRobot } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { requestWithToken } from '@/lib/membership/request-with-token'
import { handleGreeting } from '@/lib/membership/handle-greeting'
import { type Contact, upsertContact } from '@/lib/membership/upsert-contact'

const sealer = createSealer([{ id: 'k1', key: Buffer.alloc(32, 'k') }])
let database: TestDatabase
let robotId: string
let token: JoinToken
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())
beforeEach(async () => {
  const { db } = database
  robotId = await givenRobot(db, { isAssistant: true })
  const draft = { robotId, groupCode: `shop|${robotId}`, ownerName: '林夏', nameTemplate: '{owner} {number}', sealer }
  const { id: qunId } = await db.transaction((tx) => createQun(tx, draft))
  await db.transaction((tx) => issueJoinToken(tx, { qunId, maxUses: 2 }))
  token = (await getJoinToken(db, { qunId })) as JoinToken
})

const people = Array.from({ length: 8 }, (_, index) => ({ username: `@${index}`, nickname: `路人 ${index}` }))
const addContact = (person: { username: string; nickname: string }) =>
  database.db.transaction((tx) => upsertContact(tx, { robotId, person }))
const request = ({ id: contactId }: Contact) =>
  database.db.transaction((tx) =>
    requestWithToken(tx, { qunId: token.qunId, contactId, joinTokenId: token.id, identifiedBy: 'nickname' }),
  )
const users = () => database.db.select().from(memberships).where(eq(memberships.joinTokenId, token.id))

it('B7: a token for two admits two of eight concurrent requests', async () => {
  const contacts = await Promise.all(people.map(addContact))
  const requested = await Promise.all(contacts.map(request))
  expect(requested.filter(Boolean)).toHaveLength(2)
  expect(await users()).toHaveLength(2)
})

it('B7: a token for two admits two of eight concurrent friend requests', async () => {
  const text = encodeJoinToken(token.token)
  const outcomes = await Promise.all(
    people.map((person) =>
      database.db.transaction((tx) => handleGreeting(tx, { robotId, person, text, friendTicket: 'ticket' })),
    ),
  )
  expect(outcomes.filter(({ isWorkDue }) => isWorkDue)).toHaveLength(2)
  expect(await users()).toHaveLength(2)
})

it('B7: a refused member frees a use of the token; a repeated request uses it once', async () => {
  const [first, second, third] = (await Promise.all(people.slice(0, 3).map(addContact))) as [Contact, Contact, Contact]
  for (const contact of [first, second, first, second]) expect(await request(contact)).not.toBeNull()
  expect(await request(third)).toBeNull()
  await database.db.update(memberships).set({ state: 'refused' }).where(eq(memberships.contactId, second.id))
  expect(await request(third)).not.toBeNull()
  expect(await request(second)).toBeNull()
})

it('B6: an existing member is accepted even when the join token is used up', async () => {
  const [first, second, third] = (await Promise.all(people.slice(0, 3).map(addContact))) as [Contact, Contact, Contact]
  const { qunId } = token
  await database.db.insert(memberships).values({ id: 'mbr_in', qunId, contactId: third.id, state: 'joined' })
  await request(first)
  await request(second)
  expect(await request(third)).toMatchObject({ id: 'mbr_in', state: 'joined', joinTokenId: null })
})
