import { wakeLane } from '@/lib/queue/wake'
import type { Session } from '@/lib/session/get-live-session'
import type { WechatConnection, WechatEvent } from '../wechat/port'
import type { WorkerContext } from './context'
import { storeEvents } from './store-events'
import type { Tenure } from './tenure'

/** A session's open line to WeChat; `attempt` until the account is online for the first time. */
export type Line = {
  readonly sessionId: string
  state: 'attempt' | 'online' | 'reconnecting' | 'ended'
  readonly connection: WechatConnection
}

/**
 * Opens a session's line: with its saved position, or for a new login code. What comes in is stored by the one way in,
 * `commitBatch`; `onChanged` is called after the session's state changed.
 */
export function openLine(
  context: WorkerContext,
  tenure: Tenure,
  session: Session,
  onChanged: (line: Line) => void,
): Line {
  const { sealer, publicUrl } = context
  const log = context.log.child({ robotId: tenure.robotId, sessionId: session.id })

  async function commitBatch(events: WechatEvent[], position: string | null): Promise<void> {
    if (line.state === 'ended') return
    const target = { robotId: tenure.robotId, sessionId: session.id, publicUrl, sealer }
    const aftermath = await tenure.write((tx) => storeEvents(tx, target, events, position))
    for (const lane of aftermath.lanes) void wakeLane(context, lane)
    if (!aftermath.became) return
    line.state = aftermath.became
    log.info({ state: line.state, isOtherAccount: aftermath.isOtherAccount }, 'session changed')
    if (aftermath.isOtherAccount) void line.connection.logout()
    else if (line.state === 'ended') void line.connection.detach()
    onChanged(line)
  }

  const sealed = session.credentialsSealed
  const line: Line = {
    sessionId: session.id,
    state: session.onlineAt ? 'reconnecting' : 'attempt',
    connection: context.wechat.open({
      robotId: tenure.robotId,
      saved: sealed ? sealer.open(sealed, `session:${session.id}`) : null,
      commitBatch,
      log,
    }),
  }
  return line
}
