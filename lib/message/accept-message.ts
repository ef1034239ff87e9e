import { wakeRobotAfterCommit, wakeUnownedAfterCommit } from '@/lib/db/after-commit'
import { ownerNotified } from '@/lib/db/notify-owner'
import { createHash } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { capabilitiesOf, isBoundToOwner, requireCapability } from '@/lib/connection/capabilities'
import { touchConversation } from '@/lib/conversation/touch-conversation'
import { countParts } from '@/lib/connection/text-parts'
import { media, messages } from '@/lib/db/schema/message'
import type { ReplyReason, ReplySource } from '@/lib/db/types'
import { AppError, errorOf } from '@/lib/errors'
import { newId } from '@/lib/id'
import { cooldownMs } from '@/lib/robot/cooldown'
import { lockRobot, type SendPace } from '@/lib/robot/send-pace'
import { findTarget, roomOfTarget, type Target } from '@/lib/room/find-target'
import { findPerson } from '@/lib/message/find-person'
import { findWindowProblem } from '@/lib/message/reply-window'
import { wechatResponseMs, canSendInTime } from '@/lib/message/expected-wait'
import { currentTraceParent } from '@/lib/tracing/with-span'

export const maxQueued = 1000

export type MessageInput = {
  robotId: string
  /** Spec: to_user. */
  toUser: string
  /** A file needs an `upload`. */
  type: 'text' | 'image' | 'file'
  /** The text, or the URL of an image or file. */
  content: string
  /** A message not started by then is cancelled. */
  timeoutMs: number
  /** Unique per robot for 24 hours. */
  idempotencyKey?: string | null
  /** Who or what replies, and why; absent: the API sends. Spec: F3 (when nothing replies). */
  reply?: { source: ReplySource; reason: ReplyReason }
  /** The image or file itself, which is stored with the message and sent from there; `content` is its link. */
  upload?: { mediaId: string; contentType: string; fileName: string | null; bytes: Buffer }
}

/**
 * Enqueues a message, or returns the one that the same Idempotency-Key enqueued before (G2).
 * The owner is woken after the commit.
 * @throws AppError SESSION_GONE, TARGET_NOT_FOUND, WECHAT_TOO_OFTEN if it cannot be sent before its deadline,
 * ILLEGAL_ACTION for what the connection cannot do or while its reply window is closed, INVALID_PARAMETER if the key was used with other content.
 * Spec: 发送消息, A11 (send).
 */
export async function acceptMessage(tx: Tx, input: MessageInput): Promise<{ messageId: string; isRepeat: boolean }> {
  const { robotId, type, content } = input
  // Serializes the messages of a robot: they commit in the order of their sequence numbers, and the queue length is exact.
  const { pace, connection, wechatUin } = await lockRobot(tx, { robotId })
  const idempotencyKey = input.idempotencyKey ?? null
  const idempotencyHash = idempotencyKey && hashOf(input)
  const existingId = idempotencyKey && (await findRepeat(tx, robotId, idempotencyKey, idempotencyHash))
  if (existingId) return repeat(tx, { robotId, messageId: existingId })

  const queue = await readQueue(tx, input)
  if (!queue.isOnline) throw new AppError('SESSION_GONE', { reason: 'log_in_first' })
  if (type !== 'text') requireCapability(connection, type)
  const hasRooms = capabilitiesOf[connection].rooms
  const ownerId = isBoundToOwner(connection) ? wechatUin : null
  const { toUser } = input
  const target: Target =
    hasRooms && queue.roomId !== null
      ? { roomId: queue.roomId, peerUsername: null }
      : hasRooms || ownerId
        ? await findTarget(tx, { robotId, toUser, ownerId, connection })
        : await findPerson(tx, { robotId, toUser })
  const partCount = countParts(connection, input)
  if (target.peerUsername) {
    const problem = await findWindowProblem(tx, { robotId, connection, peerUsername: target.peerUsername, partCount })
    if (problem) throw errorOf('ILLEGAL_ACTION', problem)
  }
  requireSendInTime(input, pace, queue)
  const messageId = newId('message')
  const inserted = await tx
    .insert(messages)
    .values({
      id: messageId,
      robotId,
      direction: 'out',
      state: 'queued',
      type: type === 'file' ? 'other' : type,
      content,
      ...target,
      partCount,
      idempotencyKey,
      idempotencyHash,
      replySource: input.reply?.source,
      replyReason: input.reply?.reason,
      traceParent: currentTraceParent(),
      deadlineAt: sql`clock_timestamp() + make_interval(secs => ${input.timeoutMs / 1000})`,
    })
    .onConflictDoNothing()
    // In the same statement: each send pays for it.
    .returning({ isOwnerNotified: ownerNotified(robotId, 'message') })
  if (inserted[0]) {
    if (!inserted[0].isOwnerNotified) wakeUnownedAfterCommit(tx, robotId)
    if (input.upload) await storeUpload(tx, { messageId, robotId }, input.upload)
    touchConversation(tx, { messageId, robotId, ...target, direction: 'out' })
    return { messageId, isRepeat: false }
  }
  const concurrentId = await findRepeat(tx, robotId, idempotencyKey ?? '', idempotencyHash)
  if (!concurrentId) throw new AppError('INTERNAL', { reason: 'message_not_saved' })
  return repeat(tx, { robotId, messageId: concurrentId })
}

function repeat(tx: Tx, { robotId, messageId }: { robotId: string; messageId: string }) {
  wakeRobotAfterCommit(tx, robotId, 'message')
  return { messageId, isRepeat: true }
}

/** A repeated upload has the same bytes under another link. */
function hashOf({ toUser, type, content, upload }: MessageInput): string {
  const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')
  return sha256(JSON.stringify([toUser, type, upload ? sha256(upload.bytes) : content]))
}

async function storeUpload(
  tx: Tx,
  message: { messageId: string; robotId: string },
  { mediaId: id, bytes, ...file }: NonNullable<MessageInput['upload']>,
): Promise<void> {
  await tx.insert(media).values({ ...message, ...file, id, bytes, sizeBytes: bytes.length })
}

async function findRepeat(tx: Tx, robotId: string, key: string, hash: string | null): Promise<string | null> {
  const isKey = and(eq(messages.robotId, robotId), eq(messages.idempotencyKey, key))
  await tx
    .update(messages)
    .set({ idempotencyKey: null })
    .where(and(isKey, sql`${messages.createdAt} < clock_timestamp() - interval '24 hours'`))
  const [existing] = await tx.select({ id: messages.id, hash: messages.idempotencyHash }).from(messages).where(isKey)
  if (existing && existing.hash !== hash)
    throw new AppError('INVALID_PARAMETER', { reason: 'idempotency_key_reused', parameter: 'Idempotency-Key' })
  return existing?.id ?? null
}

type Queue = { isOnline: boolean; size: number; cooldownMs: number | null; roomId: string | null }

/** Reads what decides whether a message can wait for its turn, and the room it is for, after the robot is locked. */
async function readQueue(tx: Tx, { robotId, toUser }: MessageInput): Promise<Queue> {
  // The states are not parameters: the index of waiting messages serves a prepared statement only with the constants.
  const [queue] = await tx.execute<Queue>(sql`
    with room as materialized (${roomOfTarget({ robotId, toUser })})
    select (select id from room) as "roomId", exists (select from sessions where robot_id = ${robotId} and state in ('online', 'reconnecting')) as "isOnline",
      (select count(*)::int from messages
        where robot_id = ${robotId} and state = 'queued' and deadline_at > clock_timestamp()) as size,
      ${cooldownMs({ robotId, operation: 'send' })} as "cooldownMs"`)
  return queue!
}

function requireSendInTime({ timeoutMs }: MessageInput, pace: SendPace, queue: Queue): void {
  const cooldownLeftMs = Math.max(0, queue.cooldownMs ?? 0)
  if (cooldownLeftMs > 0 && cooldownLeftMs + wechatResponseMs > timeoutMs)
    throw new AppError('WECHAT_TOO_OFTEN', { reason: 'rate_limited_no_turn' })
  if (queue.size >= maxQueued || !canSendInTime(pace, { ahead: queue.size, timeoutMs }))
    throw new AppError('WECHAT_TOO_OFTEN', { reason: 'queue_no_turn', params: { count: queue.size } })
}
