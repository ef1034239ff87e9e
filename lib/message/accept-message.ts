import { createHash } from 'node:crypto'
import { and, count, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { messages } from '../db/schema/message'
import { sessions } from '../db/schema/session'
import { AppError } from '../errors'
import { newId } from '../id'
import { cooldownMs } from '../robot/cooldown'
import { lockSendPace, type SendPace } from '../robot/get-send-pace'
import { findTarget } from '../room/find-target'
import { answerMs, hasPlaceInTime } from './expected-wait'

/** How many messages may wait for one robot. */
export const maxWaiting = 1000

export type MessageInput = {
  robotId: string
  /** Spec: to_user. */
  toUser: string
  type: 'text' | 'image'
  /** Text, or the link to an image. */
  content: string
  /** Not begun by then, it is not sent. */
  timeoutMs: number
  /** Kept 24 h per robot. */
  idempotencyKey?: string | null
}

/**
 * Puts a message into a robot's mailbox, or finds the one an equal Idempotency-Key has put there (G2).
 * Wake the owner after the commit.
 * @throws AppError SESSION_GONE, TARGET_NOT_FOUND, WECHAT_TOO_OFTEN when it could not go out in time,
 * INVALID_PARAMETER for a key used with another content.
 * Spec: 发送消息, decisions A11.
 */
export async function acceptMessage(tx: Tx, input: MessageInput): Promise<{ messageId: string; isRepeat: boolean }> {
  const { robotId, type, content } = input
  // One after the other, so that a robot's messages are committed in the order of their numbers and nobody miscounts.
  const pace = await lockSendPace(tx, { robotId })
  const idempotencyKey = input.idempotencyKey ?? null
  const idempotencyHash = idempotencyKey && hashOf(input)
  const earlier = idempotencyKey && (await findRepeat(tx, robotId, idempotencyKey, idempotencyHash))
  if (earlier) return { messageId: earlier, isRepeat: true }

  await requireLiveSession(tx, robotId)
  const target = await findTarget(tx, { robotId, toUser: input.toUser })
  await requirePlaceInTime(tx, input, pace)
  const messageId = newId('message')
  const inserted = await tx
    .insert(messages)
    .values({
      id: messageId,
      robotId,
      direction: 'out',
      state: 'queued',
      type,
      content,
      ...target,
      idempotencyKey,
      idempotencyHash,
      deadlineAt: sql`clock_timestamp() + make_interval(secs => ${input.timeoutMs / 1000})`,
    })
    .onConflictDoNothing()
    .returning({ id: messages.id })
  if (inserted.length > 0) return { messageId, isRepeat: false }
  const winner = await findRepeat(tx, robotId, idempotencyKey ?? '', idempotencyHash)
  if (!winner) throw new AppError('INTERNAL', '消息未能保存，请重试')
  return { messageId: winner, isRepeat: true }
}

function hashOf({ toUser, type, content }: MessageInput): string {
  return createHash('sha256')
    .update(JSON.stringify([toUser, type, content]))
    .digest('hex')
}

async function findRepeat(tx: Tx, robotId: string, key: string, hash: string | null): Promise<string | null> {
  const isKey = and(eq(messages.robotId, robotId), eq(messages.idempotencyKey, key))
  await tx
    .update(messages)
    .set({ idempotencyKey: null })
    .where(and(isKey, sql`${messages.createdAt} < clock_timestamp() - interval '24 hours'`))
  const [earlier] = await tx.select({ id: messages.id, hash: messages.idempotencyHash }).from(messages).where(isKey)
  if (earlier && earlier.hash !== hash)
    throw new AppError('INVALID_PARAMETER', 'Idempotency-Key 已用于另一条不同的消息', { parameter: 'Idempotency-Key' })
  return earlier?.id ?? null
}

async function requireLiveSession(tx: Tx, robotId: string): Promise<void> {
  const [session] = await tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.robotId, robotId), inArray(sessions.state, ['online', 'reconnecting'])))
  if (!session) throw new AppError('SESSION_GONE', '微信已经退出登录，请先登录')
}

async function requirePlaceInTime(tx: Tx, { robotId, timeoutMs }: MessageInput, pace: SendPace): Promise<void> {
  const [waiting] = await tx
    .select({ size: count(), cooldownMs: cooldownMs({ robotId, operation: 'send' }) })
    .from(messages)
    .where(
      and(eq(messages.robotId, robotId), eq(messages.state, 'queued'), gt(messages.deadlineAt, sql`clock_timestamp()`)),
    )
  const ahead = waiting?.size ?? 0
  const restMs = Math.max(0, waiting?.cooldownMs ?? 0)
  if (restMs > 0 && restMs + answerMs > timeoutMs)
    throw new AppError('WECHAT_TOO_OFTEN', '操作太频繁，微信暂时拒绝，时限内轮不到')
  if (ahead >= maxWaiting || !hasPlaceInTime(pace, { ahead, timeoutMs }))
    throw new AppError('WECHAT_TOO_OFTEN', `发送太频繁：前面还有 ${ahead} 条消息等待，时限内轮不到`)
}
