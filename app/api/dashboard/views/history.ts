import type { WebContext } from '@/lib/http/web-context'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { listChanges, type SessionChangeRow } from '@/lib/session/list-changes'
import { type AskerView, readAskers } from './askers'

/** What a robot came into, why, by whom; `endedAt` is null while it lasts. */
export type ChangeView = Pick<SessionChangeRow, 'id' | 'state' | 'cause'> & {
  asker: AskerView | null
  at: string
  endedAt: string | null
}

const pageSize = 20

/** What a robot's sessions went through, newest first, a page at a time. @throws AppError ROBOT_NOT_FOUND. */
export async function readHistory(
  ctx: WebContext,
  { robotId, beforeId }: { robotId: string; beforeId?: number | undefined },
): Promise<ChangeView[]> {
  await getAnyRobotOrThrow(ctx.db, { robotId })
  const changes = await listChanges(ctx.db, { robotId, beforeId, limit: pageSize })
  const askerOf = await readAskers(
    ctx,
    changes.map(({ actor }) => actor),
  )
  return changes.map(({ id, state, cause, actor, at, endedAt }) => ({
    id,
    state,
    cause,
    asker: askerOf(actor),
    at: at.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  }))
}
