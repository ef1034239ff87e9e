import { requeueRunning } from '@/lib/command/claim-next-command'
import type { WakeReason } from '@/lib/db/notify-owner'
import type { RobotConnection } from '@/lib/db/types'
import type { Send } from '@/lib/message/claim-next-message'
import { settleInterrupted } from '@/lib/message/settle-message'
import { getConnection } from '@/lib/robot/get-connection'
import { getLiveSession, type Session } from '@/lib/session/get-session'
import { LeaseLostError, type Takeover } from '@/lib/session/lease'
import { recordTakeover } from '@/lib/session/record-session-state'
import { coalesce } from '@/worker/robots/coalesce'
import type { WorkerContext } from '@/worker/robots/context'
import { endSession } from '@/worker/robots/end-session'
import { openSession, type OpenSession } from '@/worker/robots/open-session'
import type { LeaseHandle } from '@/worker/robots/lease-handle'

const confirmationGraceMs = 3 * 60_000

/** Processes one kind of work of a robot until none is due. */
export type Loop = (runner: RobotRunner) => Promise<void>
/** `send` sends messages; the others run commands and steps of groups. */
export type Loops = { send: Loop; others: Loop[] }

/**
 * Runs one robot while this worker owns it: opens its session and processes its mailbox. Loops run independently, so a logout never waits
 * for sends, nor a send for a new room. No method throws: a lost lease ends the runner; other errors are logged and retried at the next
 * wake, which comes every few seconds while rows wait.
 */
export class RobotRunner {
  /** null: no open session. */
  session: OpenSession | null = null
  /** The message requeued last, with its failed attempts. */
  lastRequeued: { messageId: string; attempts: number } | null = null
  /** The next message, read when the previous one was recorded; null: not read. */
  peeked: { next: Send | null; atMs: number } | null = null
  /** Whether commands may wait that the send loop runs. A wake that is not only about a message announces them. */
  mayHaveCommands = true
  /** null: not yet restored. */
  #connection: RobotConnection | null = null
  #isRestored = false
  #restoring: Promise<void> | null = null
  #wakeTimer: NodeJS.Timeout | undefined
  readonly #drainSends: () => Promise<void>
  readonly #drainOthers: Array<() => Promise<void>>

  constructor(
    readonly context: WorkerContext,
    readonly lease: LeaseHandle,
    private readonly takeover: Takeover,
    loops: Loops,
  ) {
    const drainOf = (run: Loop) => coalesce(() => this.#guard(() => run(this)))
    this.#drainSends = drainOf(loops.send)
    this.#drainOthers = loops.others.map(drainOf)
    lease.signal.addEventListener('abort', () => {
      clearTimeout(this.#wakeTimer)
      void this.session?.connection.detach()
    })
  }

  /** Resumes what the previous owner left. Call it first; concurrent calls share one run. */
  restore(): Promise<void> {
    this.#restoring ??= this.#restore().finally(() => (this.#restoring = null))
    return this.#restoring
  }

  async #restore(): Promise<void> {
    await this.#guard(async () => {
      const { lease } = this
      const session = await lease.write(async (tx) => {
        await requeueRunning(tx, lease)
        await settleInterrupted(tx, lease)
        this.#connection = (await getConnection(tx, lease)).connection
        const live = await getLiveSession(tx, lease)
        if (live?.onlineAt) await recordTakeover(tx, { sessionId: live.id, ...this.takeover })
        return live
      })
      if (session) this.open(session)
      this.#isRestored = true
    })
  }

  /** Processes the mailbox, only its messages, or only fetches events; resolves when no work is due. */
  async wake(reason: WakeReason = 'anything'): Promise<void> {
    if (this.lease.isOver) return
    const isRestored = this.#isRestored
    if (!isRestored) await this.restore()
    if (isRestored && reason === 'message') return this.#drainSends()
    this.session?.connection.fetchEvents?.()
    // A poll of the mailbox for each event of a busy account would cost more than the event.
    if (isRestored && reason === 'events') return
    this.mayHaveCommands = true
    await this.#drain()
  }

  /** Schedules a wake; replaces the one scheduled before. */
  wakeIn(delayMs: number): void {
    clearTimeout(this.#wakeTimer)
    if (!this.lease.isOver) this.#wakeTimer = setTimeout(() => void this.wake(), delayMs)
  }

  /** Opens a stored session; detaches the one open before. Opens nothing once the lease is over: no end would detach it again. */
  open(stored: Session): void {
    if (this.lease.isOver) return
    void this.session?.connection.detach()
    const connection = this.#connection
    if (!connection) throw new Error('a robot has to be restored before a session is opened')
    this.session = openSession(this.context, this.lease, { ...stored, connection }, (session) => {
      if (session.state === 'ended' && this.session === session) this.session = null
      void this.wake()
    })
  }

  /** Whether the robot has no session and can be released once its mailbox is empty. */
  get isIdle(): boolean {
    return this.#isRestored && this.session === null
  }

  /** Ends a login that was not scanned in time; a scanned one has three more minutes for the confirmation. */
  async expireLogin(): Promise<void> {
    const { session, lease } = this
    if (session?.state !== 'logging_in') return
    await this.#guard(async () => {
      const isExpired = await lease.write(async (tx) => {
        const stored = await getLiveSession(tx, lease)
        if (stored?.id !== session.id) return false
        const graceMs = ['waiting_code', 'waiting_confirm'].includes(stored.state) ? confirmationGraceMs : 0
        if (stored.attemptExpiresAt.getTime() + graceMs > Date.now()) return false
        await endSession(tx, { robotId: lease.robotId, sessionId: session.id, reason: 'not_scanned' })
        return true
      })
      if (isExpired) await this.close(session, ({ connection }) => connection.detach())
    })
  }

  /** Stops in order: the current send finishes first; the account stays logged in. */
  async stop(): Promise<void> {
    this.lease.close()
    await this.#drain()
    await this.session?.connection.detach()
  }

  /** Marks a session as ended and closes it with `disconnect`. */
  async close(session: OpenSession, disconnect: (session: OpenSession) => Promise<void>): Promise<void> {
    session.state = 'ended'
    session.end.abort()
    if (this.session === session) this.session = null
    await disconnect(session)
  }

  async #drain(): Promise<void> {
    await Promise.all([this.#drainSends, ...this.#drainOthers].map((drain) => drain()))
  }

  async #guard(act: () => Promise<void>): Promise<void> {
    if (this.lease.isOver) return
    try {
      await act()
    } catch (error) {
      const { robotId } = this.lease
      if (error instanceof LeaseLostError) this.context.log.warn({ robotId }, 'robot has another owner')
      else this.context.log.error({ err: error, robotId }, 'robot loop failed')
    }
  }
}
