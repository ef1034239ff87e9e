import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { memberships } from '../db/schema/membership'
import { createQun } from '../qun/create-qun'
import { encodeJoinToken } from '../qun/join-token-text'
import { getJoinToken, issueJoinToken, type JoinToken } from '../qun/join-token'
import { givenRobot } from '../testing/factories'
import { createTestDatabase, type TestDatabase } from '../testing/test-database'
import { askWithToken } from './ask-with-token'
import { hearGreeting } from './hear-greeting'
import { type Contact, meetContact } from './meet-contact'

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
  const draft = { robotId, code: `shop|${robotId}`, ownerName: '林夏', nameTemplate: '{owner} {number}' }
  const { id: qunId } = await db.transaction((tx) => createQun(tx, draft))
  await db.transaction((tx) => issueJoinToken(tx, { qunId, maxUses: 2 }))
  token = (await getJoinToken(db, { qunId })) as JoinToken
})

const people = Array.from({ length: 8 }, (_, index) => ({ username: `@${index}`, nickname: `路人 ${index}` }))
const meet = (person: { username: string; nickname: string }) =>
  database.db.transaction((tx) => meetContact(tx, { robotId, person }))
const ask = ({ id: contactId }: Contact) =>
  database.db.transaction((tx) => askWithToken(tx, { qunId: token.qunId, contactId, joinTokenId: token.id }))
const users = () => database.db.select().from(memberships).where(eq(memberships.joinTokenId, token.id))

it('B7: of eight who use a token for two at the same moment, two come in', async () => {
  const contacts = await Promise.all(people.map(meet))
  const asked = await Promise.all(contacts.map(ask))
  expect(asked.filter(Boolean)).toHaveLength(2)
  expect(await users()).toHaveLength(2)
})

it('B7: of eight friend requests at the same moment with a token for two, two are taken up', async () => {
  const text = encodeJoinToken(token.token)
  const heard = await Promise.all(
    people.map((person) =>
      database.db.transaction((tx) => hearGreeting(tx, { robotId, person, text, friendTicket: 'ticket' })),
    ),
  )
  expect(heard.filter(({ isWorkDue }) => isWorkDue)).toHaveLength(2)
  expect(await users()).toHaveLength(2)
})

it('B7: who was refused gives the place back; who uses the token already uses it once', async () => {
  const [first, second, third] = (await Promise.all(people.slice(0, 3).map(meet))) as [Contact, Contact, Contact]
  for (const contact of [first, second, first, second]) expect(await ask(contact)).not.toBeNull()
  expect(await ask(third)).toBeNull()
  await database.db.update(memberships).set({ state: 'refused' }).where(eq(memberships.contactId, second.id))
  expect(await ask(third)).not.toBeNull()
  expect(await ask(second)).toBeNull()
})

it('B6: who is in already is in, also with a token that others have used up', async () => {
  const [first, second, third] = (await Promise.all(people.slice(0, 3).map(meet))) as [Contact, Contact, Contact]
  const { qunId } = token
  await database.db.insert(memberships).values({ id: 'mbr_in', qunId, contactId: third.id, state: 'joined' })
  await ask(first)
  await ask(second)
  expect(await ask(third)).toMatchObject({ id: 'mbr_in', state: 'joined', joinTokenId: null })
})
