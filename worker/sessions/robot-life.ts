import { tellingOfChanges } from '@/lib/callback/tell-of-changes'
import { requeueRunning } from '@/lib/command/requeue-running'
import { settleInterrupted } from '@/lib/message/settle-message'
import { getLiveSession, type Session } from '@/lib/session/get-live-session'
import { LeaseLostError, type Takeover } from '@/lib/session/lease'
import { recordTakeover } from '@/lib/session/record-progress'
import { runQuns } from '../quns/run-quns'
import { coalesce } from './coalesce'
import type { WorkerContext } from './context'
import { runControl } from './control'
import { endSession } from './end-session'
import { openSession, type OpenSession } from './open-session'
import type { Tenure } from './tenure'
import { runTraffic, type TrafficState } from './traffic'

const confirmGraceMs = 3 * 60_000

/**
 * One robot for as long as this worker owns it: opens its session and drains its mailbox.
 * Control commands, traffic and quns are loops of their own, so that a logout never waits behind sends, nor a send behind a
 * new room. Nothing here throws: a lost lease ends the tenure, anything else is logged and tried again at the next wake
 * (every few seconds while rows wait).
 */
export class RobotLife {
  /** null while the robot has none. */
  session: OpenSession | null = null
  readonly traffic: TrafficState = { tried: null }
  #isRestored = false
  #alarm: NodeJS.Timeout | undefined
  readonly #drainControl = coalesce(() => this.#guarded(() => runControl(this)))
  readonly #drainTraffic = coalesce(() => this.#guarded(() => runTraffic(this)))
  readonly #drainQuns = coalesce(() => this.#guarded(() => runQuns(this)))

  constructor(
    readonly context: WorkerContext,
    readonly tenure: Tenure,
    private readonly takeover: Takeover,
  ) {
    tenure.signal.addEventListener('abort', () => {
      clearTimeout(this.#alarm)
      void this.session?.connection.detach()
    })
  }

  /** Takes up where an earlier owner left off. Call it once, first. */
  async restore(): Promise<void> {
    await this.#guarded(async () => {
      const { tenure } = this
      const session = await tenure.write(async (tx) => {
        await requeueRunning(tx, tenure)
        await settleInterrupted(tx, tenure)
        const live = await getLiveSession(tx, tenure)
        if (live?.onlineAt) await recordTakeover(tx, { sessionId: live.id, ...this.takeover })
        return live
      })
      if (session) this.open(session)
      this.#isRestored = true
    })
  }

  /** Looks at the mailbox; resolves when nothing is left to do now. */
  async wake(): Promise<void> {
    if (this.tenure.isOver) return
    if (!this.#isRestored) await this.restore()
    await Promise.all([this.#drainControl(), this.#drainTraffic(), this.#drainQuns()])
  }

  /** Looks at the mailbox again after this time; of several only the last counts. */
  wakeIn(delayMs: number): void {
    clearTimeout(this.#alarm)
    if (!this.tenure.isOver) this.#alarm = setTimeout(() => void this.wake(), delayMs)
  }

  /** Opens a stored session; whatever was open before is let go of. */
  open(stored: Session): void {
    void this.session?.connection.detach()
    this.session = openSession(this.context, this.tenure, stored, (session) => {
      if (session.state === 'ended' && this.session === session) this.session = null
      void this.wake()
    })
  }

  /** True when there is no session: the robot can be given back once its mailbox is empty. */
  get isIdle(): boolean {
    return this.#isRestored && this.session === null
  }

  /** Ends a login attempt that nobody scanned in time; one that was scanned has three minutes more to be confirmed. */
  async expireAttempt(): Promise<void> {
    const { session, tenure } = this
    if (session?.state !== 'attempt') return
    await this.#guarded(async () => {
      const isExpired = await tenure.write(async (tx) => {
        const stored = await getLiveSession(tx, tenure)
        if (stored?.id !== session.id) return false
        const graceMs = stored.state === 'waiting_confirm' ? confirmGraceMs : 0
        if (stored.attemptExpiresAt.getTime() + graceMs > Date.now()) return false
        const { robotId } = tenure
        await tellingOfChanges(tx, tenure, () =>
          endSession(tx, { robotId, sessionId: session.id, reason: 'not_scanned' }),
        )
        return true
      })
      if (isExpired) await this.close(session, ({ connection }) => connection.detach())
    })
  }

  /** Ends the tenure in order: the send under way ends first; the account stays logged in. */
  async stop(): Promise<void> {
    this.tenure.close()
    await Promise.all([this.#drainControl(), this.#drainTraffic(), this.#drainQuns()])
    await this.session?.connection.detach()
  }

  /** Closes a session that is over, by logging out or letting go. */
  async close(session: OpenSession, letGo: (session: OpenSession) => Promise<void>): Promise<void> {
    session.state = 'ended'
    if (this.session === session) this.session = null
    await letGo(session)
  }

  async #guarded(act: () => Promise<void>): Promise<void> {
    if (this.tenure.isOver) return
    try {
      await act()
    } catch (error) {
      const { robotId } = this.tenure
      if (error instanceof LeaseLostError) this.context.log.warn({ robotId }, 'robot has another owner')
      else this.context.log.error({ err: error, robotId }, 'robot stumbled')
    }
  }
}
