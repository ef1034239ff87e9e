import { tellingOfChanges } from '@/lib/callback/tell-of-changes'
import { requeueRunning } from '@/lib/command/requeue-running'
import { settleInterrupted } from '@/lib/message/settle-message'
import { getLiveSession, type Session } from '@/lib/session/get-live-session'
import { LeaseLostError, type Takeover } from '@/lib/session/lease'
import { recordTakeover } from '@/lib/session/record-progress'
import { coalesce } from './coalesce'
import type { WorkerContext } from './context'
import { endSession } from './end-session'
import { openSession, type OpenSession } from './open-session'
import type { Tenure } from './tenure'

const confirmGraceMs = 3 * 60_000

/** Drains one kind of what a robot's mailbox holds, until nothing is left to do now. */
export type Loop = (life: RobotLife) => Promise<void>

/**
 * One robot for as long as this worker owns it: opens its session and drains its mailbox.
 * Each loop runs by itself, so that a logout never waits behind sends, nor a send behind a new room. Nothing here throws: a lost lease ends the tenure, anything else is logged and tried again at the next wake
 * (every few seconds while rows wait).
 */
export class RobotLife {
  /** null while the robot has none. */
  session: OpenSession | null = null
  /** What a send remembers for the next: how often the message was tried that was last put back. */
  readonly traffic: { tried: { messageId: string; times: number } | null } = { tried: null }
  #isRestored = false
  #restoring: Promise<void> | null = null
  #alarm: NodeJS.Timeout | undefined
  readonly #drains: Array<() => Promise<void>>

  constructor(
    readonly context: WorkerContext,
    readonly tenure: Tenure,
    private readonly takeover: Takeover,
    loops: Loop[],
  ) {
    this.#drains = loops.map((run) => coalesce(() => this.#guarded(() => run(this))))
    tenure.signal.addEventListener('abort', () => {
      clearTimeout(this.#alarm)
      void this.session?.connection.detach()
    })
  }

  /** Takes up where an earlier owner left off. Call it first; calls meanwhile wait for the same. */
  restore(): Promise<void> {
    this.#restoring ??= this.#takeUp().finally(() => (this.#restoring = null))
    return this.#restoring
  }

  async #takeUp(): Promise<void> {
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
    await this.#drain()
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
    await this.#drain()
    await this.session?.connection.detach()
  }

  /** Closes a session that is over, by logging out or letting go. */
  async close(session: OpenSession, letGo: (session: OpenSession) => Promise<void>): Promise<void> {
    session.state = 'ended'
    if (this.session === session) this.session = null
    await letGo(session)
  }

  async #drain(): Promise<void> {
    await Promise.all(this.#drains.map((drain) => drain()))
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
