import { eq, sql } from 'drizzle-orm'
import { hostname } from 'node:os'
import type { RobotConnection } from '@/lib/db/types'
import type { WakeReason } from '@/lib/db/notify-owner'
import { workers } from '@/lib/db/schema/session'
import { wakeRobot } from '@/lib/queue/wake'
import { sleep } from '@/lib/retry'
import { acquireLease, releaseLease, renewLeases } from '@/lib/session/lease'
import { hasOpenMail } from '@/lib/session/robots-to-wake'
import { listUnownedRobots, listWorkerLoads, offerRobot, shareOfRobots } from '@/lib/session/spread-robots'
import type { WorkerContext } from '@/worker/robots/context'
import { type Loops, RobotRunner } from '@/worker/robots/robot-runner'
import { LeaseHandle } from '@/worker/robots/lease-handle'

/** Share of a lease's duration for which this process relies on it; clocks drift and processes stall. */
const trustedLeaseShare = 0.8
/** Maximum robots claimed at a time of those without an owner, and the pause between two claims: each resume calls WeChat several times. */
const maxClaims = 25
const claimPauseMs = 300

/** The robots of this worker: claims them on a wake, renews their leases, releases them. */
export class RobotPool {
  readonly #runners = new Map<string, RobotRunner>()
  /** Claims in progress, so that two wakes claim a robot once. */
  readonly #claiming = new Map<string, Promise<RobotRunner | null>>()
  #isStopping = false

  constructor(
    private readonly context: WorkerContext,
    private readonly loops: Loops,
  ) {}

  /** Number of robots that this worker owns. */
  get robotCount(): number {
    return this.#runners.size
  }

  /** Returns the seconds since the service last responded to a poll of a robot that was online, the longest of each connection. */
  readSyncAges(): Map<RobotConnection, number> {
    const ages = new Map<RobotConnection, number>()
    for (const { session } of this.#runners.values()) {
      if (session?.state !== 'online' && session?.state !== 'reconnecting') continue
      const ageSeconds = (performance.now() - session.syncedAtMs) / 1000
      ages.set(session.connectionType, Math.max(ageSeconds, ages.get(session.connectionType) ?? 0))
    }
    return ages
  }

  /** Has a robot's mailbox processed: by its runner here, by claiming the robot, or by its owner, to which the wake is passed on. */
  async wake(robotId: string, reason: WakeReason = 'anything'): Promise<void> {
    if (this.#isStopping) return
    const owned = this.#runners.get(robotId)
    const runner = owned ?? (await this.#claim(robotId))
    if (!runner) return wakeRobot(this.context, robotId)
    if (!owned) await runner.restore()
    // Not awaited: the job would hold a queue slot for the duration of a send. A robot just claimed may have any mail.
    void runner.wake(owned ? reason : 'anything')
  }

  /** Wakes a robot for a job, which any worker may get: one without an owner goes to the worker with the fewest robots. */
  async wakeOrOffer(robotId: string): Promise<void> {
    const { db, workerId } = this.context
    const [least] = this.#runners.has(robotId) ? [] : await listWorkerLoads(db)
    const isOffered = least && least.workerId !== workerId && this.#runners.size - least.robotCount >= 2
    await (isOffered ? offerRobot(db, { robotId, workerId: least.workerId }) : this.wake(robotId))
  }

  /** Has all mailboxes of this worker's robots processed, because wakes may have been lost. */
  wakeAll(): void {
    for (const runner of this.#runners.values()) void runner.wake()
  }

  /** Sends a heartbeat, renews leases and drops lost robots. Throws if the database is unreachable. */
  async heartbeat(): Promise<void> {
    const { db, workerId, leaseSeconds } = this.context
    const startedMs = performance.now()
    const state = { robotCount: this.#runners.size, heartbeatAt: sql`clock_timestamp()` }
    if (!this.#isStopping)
      await db
        .insert(workers)
        .values({ id: workerId, hostname: hostname(), ...state })
        .onConflictDoUpdate({ target: workers.id, set: state })
    // Not those that are claimed meanwhile: the renewal does not see their leases, which does not mean that they are lost.
    const runners = [...this.#runners]
    const robotIds = runners.map(([robotId]) => robotId)
    const epochs = await renewLeases(db, { workerId, robotIds, ttlSeconds: leaseSeconds })
    for (const [robotId, runner] of runners) {
      if (epochs.get(robotId) === runner.lease.owner.epoch) runner.lease.extend(this.#trustedUntilMs(startedMs))
      else this.#drop(runner)
    }
  }

  /**
   * Claims this worker's share of the robots without an owner, many at a time: those of a worker that died or stopped. Does not wait
   * until their sessions are resumed.
   */
  async claimUnowned(): Promise<void> {
    const { db, workerId } = this.context
    while (!this.#isStopping) {
      const unowned = await listUnownedRobots(db)
      if (this.#isStopping || unowned.length === 0) return
      const share = shareOfRobots(unowned, await listWorkerLoads(db), workerId)
      await Promise.all(share.slice(0, maxClaims).map(async (robotId) => void (await this.#claim(robotId))?.wake()))
      if (share.length <= maxClaims) return
      await sleep(claimPauseMs)
    }
  }

  /** Hands robots to a worker that has just started, one per call, until no worker has two more than another. */
  async handOver(): Promise<void> {
    const { db, workerId, log } = this.context
    const [least] = await listWorkerLoads(db)
    if (this.#isStopping || !least || least.workerId === workerId) return
    if (this.#runners.size - least.robotCount < 2) return
    const runner = [...this.#runners.values()].find(({ session }) => session?.state === 'online')
    if (!runner) return
    log.info({ robotId: runner.lease.robotId, workerId: least.workerId }, 'robot handed over')
    await this.#release(runner)
    await offerRobot(db, { robotId: runner.lease.robotId, workerId: least.workerId })
  }

  /** Expires overdue logins and releases idle robots. */
  async releaseIdle(): Promise<void> {
    for (const runner of this.#runners.values()) {
      await runner.expireLogin()
      if (runner.lease.isOver) this.#drop(runner)
      else if (runner.isIdle && !(await hasOpenMail(this.context.db, runner.lease))) await this.#release(runner)
    }
  }

  /** Releases all robots, each as soon as its current call has ended; logs no account out. */
  async stop(): Promise<void> {
    this.#isStopping = true
    const { db, workerId } = this.context
    // Not live from now on, so that no robot is offered to it.
    await db.delete(workers).where(eq(workers.id, workerId))
    const others = await listWorkerLoads(db)
    const release = async (runner: RobotRunner, index: number) => {
      await this.#release(runner)
      const next = others[index % others.length]
      if (next) await offerRobot(db, { robotId: runner.lease.robotId, workerId: next.workerId })
    }
    await Promise.allSettled([...this.#runners.values()].map(release))
  }

  #claim(robotId: string): Promise<RobotRunner | null> {
    const claiming = this.#claiming.get(robotId) ?? this.#acquire(robotId).finally(() => this.#claiming.delete(robotId))
    this.#claiming.set(robotId, claiming)
    return claiming
  }

  async #acquire(robotId: string): Promise<RobotRunner | null> {
    const { db, workerId, leaseSeconds, log } = this.context
    const startedMs = performance.now()
    const acquired = await acquireLease(db, { robotId, workerId, ttlSeconds: leaseSeconds })
    if (!acquired) return null
    const { takeover, ...owner } = acquired
    const lease = new LeaseHandle(db, owner, this.#trustedUntilMs(startedMs))
    const runner = new RobotRunner(this.context, lease, takeover, this.loops)
    this.#runners.set(robotId, runner)
    log.info({ robotId, epoch: owner.epoch }, 'robot claimed')
    return runner
  }

  #drop(runner: RobotRunner): void {
    runner.lease.end()
    if (this.#runners.get(runner.lease.robotId) === runner) this.#runners.delete(runner.lease.robotId)
  }

  async #release(runner: RobotRunner): Promise<void> {
    await runner.stop()
    this.#drop(runner)
    await releaseLease(this.context.db, runner.lease.owner)
  }

  #trustedUntilMs(requestedMs: number): number {
    return requestedMs + this.context.leaseSeconds * 1000 * trustedLeaseShare
  }
}
