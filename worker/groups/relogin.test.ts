import { eq, sql } from 'drizzle-orm'
import { beforeEach, expect, it } from 'vitest'
import { contacts, cooldowns } from '@/lib/db/schema/contact'
import { issueJoinToken } from '@/lib/qun/join-token'
import type { RobotPool } from '@/worker/robots/robot-pool'
import { assistantAccount as account, ownerCode as code, useAssistant } from '@/worker/testing/use-assistant'

const assistant = useAssistant()
const { test, givenQun, status, isOpen, tokenOf, states, isJoined, addPerson, greet } = assistant
let worker: RobotPool
let robotId: string
beforeEach(() => {
  ;({ worker, robotId } = assistant)
})
const people = () => test.db.select().from(contacts).where(eq(contacts.robotId, robotId))
const remarks = async () => (await people()).map(({ remarkedAt }) => remarkedAt)
const usernames = async () => (await people()).map(({ username }) => username)

it('B4: a qun waits while the assistant is offline, and opens once it is online', async () => {
  const qunId = await givenQun('林夏')
  expect(await status(qunId)).toBe('pending_owner')
  await test.logIn(worker, robotId, account)
  await isOpen(qunId)
})

it('B3: after a new login all contacts are reidentified by their remark', async () => {
  await test.logIn(worker, robotId, account)
  const qunId = await givenQun('林夏')
  await worker.wake(robotId)
  await isJoined(qunId, '林夏')
  await test.until(async () => (await remarks()).every((remarkedAt) => remarkedAt !== null))
  const before = await usernames()
  expect(before).toHaveLength(3)
  await test.command(worker, robotId, 'logout')
  await test.logIn(worker, robotId, account)
  await test.until(async () => (await usernames()).filter(Boolean).length === 3)
  expect((await usernames()).some((username) => before.includes(username))).toBe(false)
})

it('B4: a friend request that a new login invalidated can be repeated with the same code or token', async () => {
  await test.logIn(worker, robotId, account)
  const qunId = await givenQun('宋公明')
  await test.db.transaction((tx) => issueJoinToken(tx, { qunId, maxUses: 1 }))
  const greeting = `我是${await tokenOf(qunId)}`
  const [owner, member] = [await addPerson('宋公明本人'), await addPerson('黑旋风')]
  // WeChat refuses to accept friends for a while.
  const until = sql`clock_timestamp() + interval '1 hour'`
  await test.db.insert(cooldowns).values({ robotId, operation: 'accept_friend', until })
  await greet(owner, code)
  await greet(member, greeting)
  await test.until(async () => (await states(qunId)).filter(({ state }) => state === 'requested').length === 2)

  await test.command(worker, robotId, 'logout')
  await test.logIn(worker, robotId, account)
  expect(await states(qunId)).toMatchObject([{ state: 'refused' }, { state: 'refused' }])
  expect(await status(qunId)).toBe('pending_owner')

  await test.db.delete(cooldowns)
  await greet(owner, code)
  await isOpen(qunId)
  await greet(member, greeting)
  await isJoined(qunId, '黑旋风')
  expect((await people()).every(({ wrongCodeCount }) => wrongCodeCount === 0)).toBe(true)
})
