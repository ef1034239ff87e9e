import { hasStableIds } from '@/lib/connection/capabilities'
import type { Db } from '@/lib/db/client'
import type { RobotConnection } from '@/lib/db/types'
import type { Logger } from '@/lib/logger'
import type { Sealer } from '@/lib/secret'
import { getLastCredentials, type Session } from '@/lib/session/get-session'
import type { WechatConnection, WechatEvent } from '@/worker/wechat/port'
import type { WorkerContext } from '@/worker/robots/context'
import { type BatchEffects, storeBatch } from '@/worker/robots/store-batch'
import type { LeaseHandle } from '@/worker/robots/lease-handle'

/** A session that is open on this worker; `logging_in` until the account is online for the first time. */
export type OpenSession = {
  readonly id: string
  state: 'logging_in' | 'online' | 'reconnecting' | 'ended'
  /** Whether WeChat has listed all rooms since this worker opened the session. */
  areRoomsKnown: boolean
  readonly connection: WechatConnection
  readonly connectionType: RobotConnection
  /** When the service last responded to a poll, by `performance.now()`; before that, when the session was opened here. */
  syncedAtMs: number
  /** Aborted once the session has ended and its end is stored. */
  readonly end: AbortController
}

/**
 * Opens a stored session from its saved position, or for a new login. Stores events through `commitBatch`, the only way in. Calls `onChanged`
 * when the state has changed, all rooms are known or new work is due.
 */
export function openSession(
  context: WorkerContext,
  lease: LeaseHandle,
  stored: Session & { connection: RobotConnection },
  onChanged: (session: OpenSession) => void,
): OpenSession {
  const { db, sealer } = context
  const { robotId } = lease
  const port = context.ports[stored.connection]
  if (!port) throw new Error(`no port for the connection ${stored.connection}`)
  const log = context.log.child({ robotId: lease.robotId, sessionId: stored.id })

  async function commitBatch(events: WechatEvent[], position: string | null): Promise<void> {
    if (session.state === 'ended') return
    const hasLoginIds = !hasStableIds(stored.connection)
    const target = { ...context, hasLoginIds, robotId: lease.robotId, sessionId: stored.id }
    const effects = await lease.write((tx) => storeBatch(tx, target, events, position))
    const hasAllRooms = events.some((event) => event.type === 'rooms' && event.isComplete)
    if (hasAllRooms) session.areRoomsKnown = true
    if (!effects.newState) return hasAllRooms || effects.isWorkDue ? onChanged(session) : undefined
    logChange(log, { events, before: session.state, effects })
    session.state = effects.newState
    if (session.state === 'ended') session.end.abort()
    if (effects.isOtherAccount) void session.connection.logout()
    else if (session.state === 'ended') void session.connection.detach()
    onChanged(session)
  }

  const sealed = stored.credentialsSealed
  const session: OpenSession = {
    id: stored.id,
    state: stored.onlineAt ? 'reconnecting' : 'logging_in',
    areRoomsKnown: false,
    end: new AbortController(),
    connectionType: stored.connection,
    syncedAtMs: performance.now(),
    connection: port.open({
      robotId,
      saved: sealed ? sealer.open(sealed, `session:${stored.id}`) : null,
      readPrevious: () => readPrevious(db, { sealer, robotId }),
      commitBatch,
      isLeaseValid: () => lease.isValid(),
      onSynced: () => void (session.syncedAtMs = performance.now()),
      log,
    }),
  }
  return session
}

async function readPrevious(db: Db, { sealer, robotId }: { sealer: Sealer; robotId: string }): Promise<string | null> {
  const last = await getLastCredentials(db, { robotId })
  return last && sealer.open(last.credentialsSealed, `session:${last.sessionId}`)
}

type Change = { events: readonly WechatEvent[]; before: OpenSession['state']; effects: BatchEffects }

/** Logs one line per change of state, as a warning if an operator should look at it. */
function logChange(log: Logger, { events, before, effects }: Change): void {
  const { newState: state, isOtherAccount } = effects
  const lost = events.findLast(({ type }) => type === 'offline' || type === 'reconnecting')
  const reason = isOtherAccount ? 'other_account' : lost?.type === 'offline' ? lost.reason : null
  if (isOtherAccount || reason === 'login_refused') log.warn({ reason }, 'login refused')
  else if (state === 'ended' && before !== 'logging_in') log.warn({ reason }, 'robot dropped: it needs a new login')
  else if (lost?.type === 'reconnecting') log.warn({ reason: lost.cause }, 'robot dropped: reconnecting')
  else log.info({ state, reason }, 'session changed')
}
