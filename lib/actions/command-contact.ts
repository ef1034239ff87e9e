import { runCommand } from '@/lib/actions/run-command'
import type { ActionContext } from '@/lib/actions/action-context'
import { getFriendRequestOrThrow } from '@/lib/address-book/friend-request'
import { findContact } from '@/lib/address-book/list-contacts'
import { membersAgeSeconds } from '@/lib/address-book/room-members'
import { requestCommand } from '@/lib/command/request-command'
import { requireCapability } from '@/lib/connection/capabilities'
import type { Tx } from '@/lib/db/client'
import type { CommandPayload } from '@/lib/db/types'
import { AppError } from '@/lib/errors'
import { formatRemark, parseRemark } from '@/lib/membership/contact-tag'
import { findIdentifiedContact } from '@/lib/membership/get-membership'
import { type LimitedOperation, listCooldowns } from '@/lib/robot/cooldown'
import { getConnection } from '@/lib/robot/get-connection'
import { getLiveSession } from '@/lib/session/get-session'

const commandTimeoutMs = 30_000
/** Time for which the stored members of a room count as current. */
const membersFreshSeconds = 600

type Record = (tx: Tx) => Promise<unknown>
type Request = {
  robotId: string
  actor: string
  type: 'set_remark' | 'accept_friend' | 'refuse_friend' | 'list_members'
  payload: CommandPayload
}

/**
 * Sets the remark of a robot's contact at WeChat; "" removes it. An assistant's tag stays at its end. Waits a maximum of 30 s. `record`
 * runs in the transaction of the request.
 * @throws NOT_FOUND, ILLEGAL_ACTION if the connection has no friends, SESSION_GONE, WECHAT_TOO_OFTEN during a cooldown, and the errors of runCommand.
 */
export async function setContactRemark(
  ctx: ActionContext,
  { robotId, username, remark, actor }: { robotId: string; username: string; remark: string; actor: string },
  record: Record,
): Promise<void> {
  await requireFriends(ctx, robotId)
  const contact = await findContact(ctx.db, { robotId, username })
  if (!contact) throw new AppError('NOT_FOUND', { reason: 'person_not_found', parameter: 'contact_id' })
  await refuseDuringCooldown(ctx, robotId, 'set_remark')
  const identified = await findIdentifiedContact(ctx.db, { robotId, username })
  const tagged = identified && formatRemark({ name: remark || contact.nickname, tag: identified.tag })
  const copiedName = tagged !== null && remark === '' ? parseRemark(tagged).name : null
  const payload = { username, remark: tagged ?? remark, copiedName }
  await request(ctx, { robotId, actor, type: 'set_remark', payload }, record)
}

/**
 * Accepts or refuses a pending friend request, and waits a maximum of 30 s. `record` runs in the transaction of the request.
 * @throws NOT_FOUND, ILLEGAL_ACTION if it is decided, SESSION_GONE, WECHAT_TOO_OFTEN during a cooldown, and the errors of runCommand.
 */
export async function decideFriendRequest(
  ctx: ActionContext,
  {
    robotId,
    friendRequestId,
    isAccepted,
    actor,
  }: { robotId: string; friendRequestId: string; isAccepted: boolean; actor: string },
  record: Record,
): Promise<void> {
  await requireFriends(ctx, robotId)
  const { state } = await getFriendRequestOrThrow(ctx.db, { robotId, friendRequestId })
  if (state !== 'pending') throw new AppError('ILLEGAL_ACTION', { reason: 'friend_request_decided' })
  if (isAccepted) await refuseDuringCooldown(ctx, robotId, 'accept_friend')
  const type = isAccepted ? 'accept_friend' : 'refuse_friend'
  await request(ctx, { robotId, actor, type, payload: { friendRequestId } }, record)
}

/**
 * Reads the members of a room from WeChat, for which it waits a maximum of 30 s, unless they were read in the last 10 minutes and
 * `isForced` is false. @throws SESSION_GONE, and the errors of runCommand.
 */
export async function readMembers(
  ctx: ActionContext,
  { robotId, roomId, isForced, actor }: { robotId: string; roomId: string; isForced: boolean; actor: string },
): Promise<void> {
  const ageSeconds = await membersAgeSeconds(ctx.db, { roomId })
  if (!isForced && ageSeconds !== null && ageSeconds < membersFreshSeconds) return
  await request(ctx, { robotId, actor, type: 'list_members', payload: { roomId } })
}

async function requireFriends({ db }: ActionContext, robotId: string): Promise<void> {
  const { connection } = await getConnection(db, { robotId })
  requireCapability(connection, 'friendRequests')
}

async function refuseDuringCooldown({ db }: ActionContext, robotId: string, operation: LimitedOperation) {
  if ((await listCooldowns(db, { robotId })).some((cooldown) => cooldown.operation === operation))
    throw new AppError('WECHAT_TOO_OFTEN', { reason: 'wechat_rate_limited' })
}

async function request(ctx: ActionContext, { robotId, type, payload, actor }: Request, record?: Record): Promise<void> {
  const session = await getLiveSession(ctx.db, { robotId })
  if (session?.state !== 'online' && session?.state !== 'reconnecting')
    throw new AppError('SESSION_GONE', { reason: 'log_in_first' })
  const { commandId } = await ctx.db.transaction(async (tx) => {
    await record?.(tx)
    return requestCommand(tx, { robotId, type, timeoutMs: commandTimeoutMs, payload, actor })
  })
  await runCommand(ctx, { robotId, commandId, timeoutMs: commandTimeoutMs })
}
