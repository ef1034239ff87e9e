import { beforeEach, describe, expect, it } from 'vitest'
import { recordAttempt } from '@/lib/callback/delivery/record-attempt'
import { replayEvents } from '@/lib/callback/delivery/replay'
import type { CallbackReply } from '@/lib/db/types'
import { useDecisions } from '@/worker/testing/use-decisions'

const test = useDecisions()
const { settings, rule, say, decide, row, sent, texts, conversation } = test

describe("the response of the application's callback", () => {
  beforeEach(() => settings({ usesRules: true, usesCallback: true, usesHandover: true, personCooldownSeconds: 0 }))

  const hello: CallbackReply = { type: 'reply', messageType: 'text', content: '回调说' }

  /** Records the delivery of a decision's event with this reply; returns the robot to wake. */
  async function deliver(decisionId: string | null, reply: CallbackReply) {
    const { callbackEventId } = (await row(decisionId))!
    const response = {
      durationMs: 1,
      isDelivered: true,
      httpStatus: 200,
      responseExcerpt: '',
      error: '',
      sentence: null,
    }
    const attempt = { startedAt: new Date(), retryAfterSeconds: 0, ...response, reply }
    const event = { id: callbackEventId ?? '', claim: new Date().toISOString() }
    return (await recordAttempt(test.db, { event, attempt, retryAfterSeconds: null })).robotId
  }

  it('the response of the application’s callback is sent once, with its event as the reason', async () => {
    const decisionId = await say('在吗', { hasEvent: true })
    expect(await decide(decisionId)).toBe('callback')
    expect(await deliver(decisionId, hello)).toBe(test.robotId)
    expect(await decide(decisionId)).toBe('done')
    expect(await deliver(decisionId, hello)).toBeNull()
    const { callbackEventId } = (await row(decisionId))!
    expect(await sent()).toMatchObject([
      { content: '回调说', replySource: 'callback', replyReason: { eventId: callbackEventId } },
    ])
  })

  it('loses against a rule, also if it arrives first', async () => {
    await rule({ patterns: ['运费'], content: '规则说' })
    const decisionId = await say('运费', { hasEvent: true })
    await deliver(decisionId, hello)
    await decide(decisionId)
    expect(await texts()).toEqual(['规则说'])
  })

  it('hands over, or leaves the message to the next stage', async () => {
    const decisionId = await say('在吗', { hasEvent: true })
    await deliver(decisionId, { type: 'handover' })
    await decide(decisionId)
    expect(await conversation()).toMatchObject({ state: 'waiting', handoverReason: { source: 'callback' } })
    const other = await say('在吗', { hasEvent: true, from: '@wang' })
    await deliver(other, { type: 'none' })
    await decide(other)
    expect(await row(other)).toMatchObject({ outcome: 'handed_over' })
  })

  it('the response of the application’s callback has no effect after two minutes or on a replay', async () => {
    await settings({ usesHandover: false })
    const late = await say('在吗', { hasEvent: true })
    await test.sql`update reply_decisions set created_at = now() - interval '121 seconds' where id = ${late}`
    expect(await deliver(late, hello)).toBeNull()
    const replayed = await say('在吗', { hasEvent: true })
    const { callbackEventId } = (await row(replayed))!
    await deliver(replayed, { type: 'none' })
    await test.sql`update reply_decisions set callback_reply = null where id = ${replayed}`
    await test.db.transaction((tx) => replayEvents(tx, { ids: [callbackEventId!] }))
    expect(await deliver(replayed, hello)).toBeNull()
    expect(await texts()).toEqual([])
  })
})
