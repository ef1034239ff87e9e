import { wakeLane } from '@/lib/queue/wake'
import type { Session } from '@/lib/session/get-live-session'
import type { WechatConnection, WechatEvent } from '../wechat/port'
import type { WorkerContext } from './context'
import { storeEvents } from './store-events'
import type { Tenure } from './tenure'

/** A session that is open on this worker; `attempt` until the account is online for the first time. */
export type OpenSession = {
  readonly id: string
  state: 'attempt' | 'online' | 'reconnecting' | 'ended'
  /** Whether WeChat has listed all its rooms since the session was opened here. */
  areRoomsKnown: boolean
  readonly connection: WechatConnection
}

/**
 * Opens a stored session: with its saved position, or for a new login code. What comes in is stored by the one way in,
 * `commitBatch`; `onChanged` is called after the session's state changed
 * or all its rooms are known, or there is something new to do.
 */
export function openSession(
  context: WorkerContext,
  tenure: Tenure,
  stored: Session,
  onChanged: (session: OpenSession) => void,
): OpenSession {
  const { sealer, publicUrl } = context
  const log = context.log.child({ robotId: tenure.robotId, sessionId: stored.id })

  async function commitBatch(events: WechatEvent[], position: string | null): Promise<void> {
    if (session.state === 'ended') return
    const target = { robotId: tenure.robotId, sessionId: stored.id, publicUrl, sealer }
    const aftermath = await tenure.write((tx) => storeEvents(tx, target, events, position))
    for (const lane of aftermath.lanes) void wakeLane(context, lane)
    const hasAllRooms = events.some((event) => event.type === 'rooms' && event.isComplete)
    if (hasAllRooms) session.areRoomsKnown = true
    if (!aftermath.became) return hasAllRooms || aftermath.isWorkDue ? onChanged(session) : undefined
    session.state = aftermath.became
    log.info({ state: session.state, isOtherAccount: aftermath.isOtherAccount }, 'session changed')
    if (aftermath.isOtherAccount) void session.connection.logout()
    else if (session.state === 'ended') void session.connection.detach()
    onChanged(session)
  }

  const sealed = stored.credentialsSealed
  const session: OpenSession = {
    id: stored.id,
    state: stored.onlineAt ? 'reconnecting' : 'attempt',
    areRoomsKnown: false,
    connection: context.wechat.open({
      robotId: tenure.robotId,
      saved: sealed ? sealer.open(sealed, `session:${stored.id}`) : null,
      commitBatch,
      mayCall: () => tenure.mayCall(),
      log,
    }),
  }
  return session
}
