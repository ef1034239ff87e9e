import type { WebContext } from '@/lib/http/web-context'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { listChanges, type SessionChangeRow } from '@/lib/session/session-changes'
import { type RequesterView, readRequesters } from '@/lib/dashboard/audit/requesters'

/** A state of a robot with its cause and its requester. `endedAt` null: the current state. */
export type ChangeView = Pick<SessionChangeRow, 'id' | 'state' | 'cause'> & {
  requester: RequesterView | null
  at: string
  endedAt: string | null
}

const pageSize = 20

/** Returns a page of the state changes of a robot's sessions, newest first. @throws AppError ROBOT_NOT_FOUND. */
export async function readHistory(
  ctx: WebContext,
  { robotId, beforeId }: { robotId: string; beforeId?: number | undefined },
): Promise<ChangeView[]> {
  await getAnyRobotOrThrow(ctx.db, { robotId })
  const changes = await listChanges(ctx.db, { robotId, beforeId, limit: pageSize })
  const requesterOf = await readRequesters(
    ctx,
    changes.map(({ actor }) => actor),
  )
  return changes.map(({ id, state, cause, actor, at, endedAt }) => ({
    id,
    state,
    cause,
    requester: requesterOf(actor),
    at: at.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  }))
}
