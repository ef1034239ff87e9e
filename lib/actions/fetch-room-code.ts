import { requestCommand } from '@/lib/command/request-command'
import { requireCapability } from '@/lib/connection/capabilities'
import type { Tx } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { findRoomCode, type RoomCode } from '@/lib/media/room-code'
import { getConnection } from '@/lib/robot/get-connection'
import { findTarget } from '@/lib/room/find-target'
import { getLiveSession } from '@/lib/session/get-session'
import { runCommand } from '@/lib/actions/run-command'
import type { ActionContext } from '@/lib/actions/action-context'

const codeTimeoutMs = 30_000

/**
 * Returns the QR code by which a person joins a room: the stored one while it is valid for another day, otherwise a new one from the
 * robot's connection, for which it waits a maximum of 30 s. `record` runs in the transaction of that request.
 * @throws TARGET_NOT_FOUND, ILLEGAL_ACTION if the connection has no such codes, SESSION_GONE, and the errors of runCommand. Spec: E3 (capabilities).
 */
export async function fetchRoomCode(
  ctx: ActionContext,
  { robotId, room, actor }: { robotId: string; room: string; actor: string },
  record: (tx: Tx) => Promise<unknown>,
): Promise<RoomCode> {
  const { connection } = await getConnection(ctx.db, { robotId })
  // A person has no such code either.
  const { roomId } = await findTarget(ctx.db, { robotId, toUser: room, connection })
  if (!roomId) throw new AppError('TARGET_NOT_FOUND', { reason: 'target_not_found', parameter: 'room_id' })
  requireCapability(connection, 'joinQr')
  const stored = await findRoomCode(ctx.db, { roomId })
  if (stored) return stored
  const session = await getLiveSession(ctx.db, { robotId })
  if (session?.state !== 'online' && session?.state !== 'reconnecting')
    throw new AppError('SESSION_GONE', { reason: 'log_in_first' })
  const { commandId } = await ctx.db.transaction(async (tx) => {
    await record(tx)
    return requestCommand(tx, { robotId, type: 'room_code', timeoutMs: codeTimeoutMs, payload: { roomId }, actor })
  })
  await runCommand(ctx, { robotId, commandId, timeoutMs: codeTimeoutMs })
  const code = await findRoomCode(ctx.db, { roomId })
  if (!code) throw new AppError('TARGET_NOT_FOUND', { reason: 'target_not_found', parameter: 'room_id' })
  return code
}
