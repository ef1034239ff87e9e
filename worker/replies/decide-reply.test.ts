import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { media } from '@/lib/db/schema/message'
import { quns } from '@/lib/db/schema/qun'
import { replyDecisions } from '@/lib/db/schema/reply'
import { newId } from '@/lib/id'
import { acceptMessage } from '@/lib/message/accept-message'
import { requestReplies } from '@/lib/reply/request-reply'
import { givenRobot, givenRoom, givenSession } from '@/lib/testing/factories'
import { untilBlocked } from '@/lib/testing/until-blocked'
import { tinyPng } from '@/lib/testing/tiny-png'
import { useDecisions } from '@/worker/testing/use-decisions'

const test = useDecisions()
const { settings, rule, say, decide, row, answer, sent, texts, conversation } = test

it('an application that never turned a stage on records no decision', async () => {
  expect(await say('你好')).toBeNull()
  await settings({ usesRules: false })
  expect(await say('你好')).toBeNull()
  await settings({ usesRules: true, robotIds: ['rbt_other'] })
  expect(await say('你好')).toBeNull()
})

it('replies are limited to rooms of merchant groups, besides private chats', async () => {
  const [roomId, other] = [
    await givenRoom(test.db, { robotId: test.robotId, name: '甲', username: '@@in' }),
    await givenRoom(test.db, { robotId: test.robotId, name: '乙', username: '@@out' }),
  ]
  const qunId = newId('qun')
  const number = { number: '123456789012399', groupCode: 'c', ownerName: '王', ownerKey: qunId, name: '甲' }
  await test.db.insert(quns).values({ id: qunId, robotId: test.robotId, roomId, ...number })
  await settings({ usesRules: true, qunIds: [qunId] })
  expect(await say('运费', { roomId })).not.toBeNull()
  expect(await say('运费', { roomId: other })).toBeNull()
  expect(await say('运费')).not.toBeNull()
  await settings({ qunIds: [] })
  expect(await say('运费', { roomId })).toBeNull()
})

describe('rules', () => {
  beforeEach(() => settings({ usesRules: true, personCooldownSeconds: 0 }))

  it('a matching rule replies once, with its name and the message as the reason', async () => {
    const { id: ruleId } = await rule({ patterns: ['运费'], content: '{name}，包邮' })
    const decisionId = await say('运费多少')
    expect(await decide(decisionId)).toBe('done')
    expect(await decide(decisionId)).toBe('done')
    expect(await sent()).toMatchObject([
      {
        content: '小林，包邮',
        peerUsername: '@lin',
        state: 'queued',
        replySource: 'rule',
        replyReason: { ruleId, ruleName: '规则', messageId: (await row(decisionId))!.messageId },
      },
    ])
    expect(await row(decisionId)).toMatchObject({ state: 'done', outcome: 'replied', source: 'rule', ruleId })
    const [fired] = await test.sql`select fired_count from reply_rules where id = ${ruleId}`
    expect(fired).toMatchObject({ fired_count: 1 })
  })

  it('a repeat of the same event records no second decision', async () => {
    await rule({ patterns: ['运费'] })
    const event = {
      eventKey: 'join:1',
      messageId: null,
      roomId: null,
      peerUsername: '@lin',
      personName: '小林',
    }
    for (let times = 0; times < 2; times++)
      await test.db.transaction((tx) =>
        requestReplies(tx, { robotId: test.robotId, events: [{ ...event, callbackEventId: null }] }),
      )
    expect(await test.db.$count(replyDecisions, eq(replyDecisions.robotId, test.robotId))).toBe(1)
  })

  it('a disabled rule and a rule of another application do not reply', async () => {
    await rule({ patterns: ['运费'], isEnabled: false })
    expect(await answer('运费')).toMatchObject({ outcome: 'silent', silence: 'no_match' })
  })

  it('the first message of a person is welcomed, the second is not', async () => {
    await rule({ trigger: 'first_contact', content: '欢迎' })
    await answer('在吗')
    await answer('你好')
    await answer('在吗', { from: '@wang' })
    expect(await texts()).toEqual(['欢迎', '欢迎'])
  })

  it('a person who joins a room is welcomed by name', async () => {
    await rule({ trigger: 'joined', content: '欢迎 {name}' })
    const roomId = await givenRoom(test.db, { robotId: test.robotId, name: '群', username: '@@1' })
    const event = { eventKey: 'join:9', messageId: null, roomId, peerUsername: null, personName: '小王' }
    await test.db.transaction((tx) =>
      requestReplies(tx, { robotId: test.robotId, events: [{ ...event, callbackEventId: null }] }),
    )
    const [decision] = await test.db.select().from(replyDecisions).where(eq(replyDecisions.roomId, roomId))
    await decide(decision!.id)
    expect(await sent()).toMatchObject([{ content: '欢迎 小王', roomId }])
  })

  it('a rule rests in its own cooldown, and the next one replies', async () => {
    await rule({ patterns: ['运费'], content: '一', cooldownSeconds: 60 })
    await rule({ patterns: ['运费'], content: '二' })
    await answer('运费')
    await answer('运费')
    await answer('运费', { from: '@wang' })
    expect(await texts()).toEqual(['一', '二', '一'])
  })

  it('a robot that is offline stays silent', async () => {
    await rule({ patterns: ['运费'] })
    await test.sql`update sessions set state = 'ended' where robot_id = ${test.robotId}`
    expect(await answer('运费')).toMatchObject({ silence: 'not_sendable' })
  })

  it('an event of a quarter of an hour ago gets no reply', async () => {
    await rule({ patterns: ['运费'] })
    const decisionId = await say('运费')
    await test.sql`update reply_decisions set created_at = now() - interval '16 minutes' where id = ${decisionId}`
    await decide(decisionId)
    expect(await row(decisionId)).toMatchObject({ silence: 'too_late' })
  })
})

describe('cooldowns', () => {
  it('one person gets one automatic reply in five seconds by default', async () => {
    await settings({ usesRules: true })
    await rule({ patterns: ['运费'] })
    expect(await answer('运费')).toMatchObject({ outcome: 'replied' })
    expect(await answer('运费')).toMatchObject({ silence: 'person_cooldown' })
    expect(await answer('运费', { from: '@wang', name: '小王' })).toMatchObject({ outcome: 'replied' })
    await test.sql`update reply_decisions set decided_at = decided_at - interval '6 seconds'`
    expect(await answer('运费')).toMatchObject({ outcome: 'replied' })
  })

  it('a room gets ten automatic replies in a minute by default', async () => {
    await settings({ usesRules: true })
    await rule({ patterns: ['运费'] })
    const roomId = await givenRoom(test.db, { robotId: test.robotId, name: '群', username: '@@1' })
    const ends = []
    for (let person = 0; person < 12; person++) ends.push(await answer('运费', { roomId, name: `顾客 ${person}` }))
    expect(ends.filter(({ outcome }) => outcome === 'replied')).toHaveLength(10)
    expect(ends.at(-1)).toMatchObject({ silence: 'room_limit' })
  })

  it('two robots with welcoming rules in one room fall silent', async () => {
    await settings({ usesRules: true, personCooldownSeconds: 0 })
    await rule({ patterns: ['欢迎', '你好'], content: '欢迎，你好' })
    const other = await givenRobot(test.db, { applicationId: test.applicationId, nickname: '小美' })
    await givenSession(test.db, { robotId: other })
    const roomOf = {
      [test.robotId]: await givenRoom(test.db, { robotId: test.robotId, name: '群', username: '@@1' }),
      [other]: await givenRoom(test.db, { robotId: other, name: '群', username: '@@2' }),
    }
    await answer('你好', { roomId: roomOf[test.robotId]!, name: '小林' })
    await answer('你好', { to: other, roomId: roomOf[other]!, name: '小林' })
    // Each receives the other's messages: under its nickname, then under a name of the room.
    expect(await answer('欢迎，你好', { roomId: roomOf[test.robotId]!, name: '小美' })).toMatchObject({
      silence: 'from_robot',
    })
    expect(await answer('欢迎，你好', { to: other, roomId: roomOf[other]!, name: '客服一号' })).toMatchObject({
      silence: 'from_robot',
    })
    expect([(await sent()).length, (await sent(other)).length]).toEqual([1, 1])
  })
})

describe('handover', () => {
  beforeEach(() => settings({ usesRules: true, usesHandover: true, handoverText: '请稍候', personCooldownSeconds: 0 }))

  it('a keyword requests a person, and no automatic reply follows', async () => {
    await rule({ patterns: ['工'], content: '不该发' })
    expect(await answer(' 人工 ')).toMatchObject({ outcome: 'handed_over', source: 'keyword' })
    expect(await conversation()).toMatchObject({ state: 'waiting', handoverReason: { source: 'keyword' } })
    expect(await answer('工')).toMatchObject({ silence: 'with_person' })
    expect(await texts()).toEqual(['请稍候'])
  })

  it('a handover while the API sends to the same person does not deadlock', async () => {
    const decisionId = await say('人工')
    const send = { robotId: test.robotId, toUser: '@lin', type: 'text', content: '您好', timeoutMs: 60_000 } as const
    let deciding: Promise<unknown> | undefined
    await test.db.transaction(async (tx) => {
      await acceptMessage(tx, send)
      deciding = decide(decisionId)
      await untilBlocked(test)
    })
    await deciding
    expect(await conversation()).toMatchObject({ state: 'waiting' })
    expect(await texts()).toEqual(['您好', '请稍候'])
  })

  it('a rule hands over with its own text', async () => {
    await rule({ patterns: ['投诉'], answer: 'handover', content: '{name}，马上来人' })
    await answer('我要投诉')
    expect(await conversation()).toMatchObject({ state: 'waiting', handoverReason: { source: 'rule', text: '规则' } })
    expect(await texts()).toEqual(['小林，马上来人'])
  })

  it('an unanswered private message is handed over, one in a room is not', async () => {
    const roomId = await givenRoom(test.db, { robotId: test.robotId, name: '群', username: '@@1' })
    expect(await answer('天气', { roomId })).toMatchObject({ silence: 'no_match' })
    expect(await answer('天气')).toMatchObject({ outcome: 'handed_over', source: 'no_reply' })
    expect(await answer('', { type: 'image', from: '@wang' })).toMatchObject({ outcome: 'handed_over' })
  })
})

describe('the order of who replies', () => {
  const model = { usesModel: true, modelUrl: 'https://model.test/v1', modelName: 'm' }

  it('a message waits for the callback if no rule matches, and the model comes after it', async () => {
    await settings({ usesRules: true, usesCallback: true, ...model })
    await rule({ patterns: ['运费'] })
    expect(await answer('运费', { hasEvent: true })).toMatchObject({ outcome: 'replied' })
    const decisionId = await say('其他', { hasEvent: true, from: '@wang' })
    expect(await decide(decisionId)).toBe('callback')
    await test.sql`update reply_decisions set created_at = now() - interval '16 seconds' where id = ${decisionId}`
    expect(await decide(decisionId)).toBe('model')
  })

  it('the model answers texts in private, and in a room only a mention', async () => {
    await settings(model)
    const roomId = await givenRoom(test.db, { robotId: test.robotId, name: '群', username: '@@1' })
    expect(await answer('问题')).toMatchObject({ next: 'model' })
    expect(await answer('问题', { roomId })).toMatchObject({ next: 'done' })
    expect(await answer('@小微 问题', { roomId })).toMatchObject({ next: 'model' })
    expect(await answer('', { type: 'image' })).toMatchObject({ next: 'done' })
  })
})

it('F2: a rule with an uploaded image sends a stored copy of it, and only in its qun', async () => {
  await settings({ usesRules: true, personCooldownSeconds: 0 })
  const { db, robotId } = test
  const roomId = await givenRoom(db, { robotId, name: '会员群', username: '@@member' })
  const other = await givenRoom(db, { robotId, name: '另一个群', username: '@@other' })
  const qunId = newId('qun')
  const columns = {
    number: `${Date.now()}`.padStart(15, '1'),
    groupCode: qunId,
    ownerName: '林',
    ownerKey: 'k',
    name: '会员群',
  }
  await db.insert(quns).values({ id: qunId, robotId, roomId, ...columns })
  const image = { contentType: 'image/png', bytes: tinyPng }
  const { id: ruleId } = await rule({ patterns: ['地图'], answer: 'image', content: '', hasImage: true, qunId }, image)
  expect(await answer('地图', { roomId: other })).toMatchObject({ outcome: 'silent', silence: 'no_match' })
  expect(await answer('地图', { roomId })).toMatchObject({ outcome: 'replied' })
  const [reply] = await sent()
  expect(reply).toMatchObject({ type: 'image', roomId, replyReason: { ruleId } })
  const [stored] = await test.db.select().from(media).where(eq(media.messageId, reply!.id))
  expect(stored).toMatchObject({ contentType: 'image/png', bytes: tinyPng })
  expect(reply!.content).toBe(`http://wxbot.test/v1/media/${stored!.id}`)
})
