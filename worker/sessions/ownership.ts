import { sql } from 'drizzle-orm'
import { hostname } from 'node:os'
import { workers } from '@/lib/db/schema/session'
import { wakeRobot } from '@/lib/queue/wake'
import { acquireLease, releaseLease, renewLeases } from '@/lib/session/lease'
import { hasOpenMail } from '@/lib/session/robots-to-wake'
import { runQuns } from '../quns/run-quns'
import type { WorkerContext } from './context'
import { runControl } from './control'
import { RobotLife } from './robot-life'
import { Tenure } from './tenure'
import { runTraffic } from './traffic'

/** What a robot's mailbox holds, by kind. */
const loops = [runControl, runTraffic, runQuns]

/** A lease is trusted for so much less than it lasts: clocks drift, processes stall. */
const trustedShare = 0.8

/** The robots of this worker: takes them when woken, keeps their leases, gives them back. */
export class Ownership {
  readonly #lives = new Map<string, RobotLife>()
  /** Takings under way, so that two wakes take a robot once. */
  readonly #takings = new Map<string, Promise<RobotLife | null>>()
  #isStopping = false

  constructor(private readonly context: WorkerContext) {}

  /** Sees to a robot's mailbox: by its life here, or by taking the robot, or by telling the worker that has it. */
  async wake(robotId: string): Promise<void> {
    if (this.#isStopping) return
    const life = this.#lives.get(robotId) ?? (await this.#take(robotId))
    // The life runs on by itself: a job that waited for it would hold a slot of the queue for as long as a send may take.
    if (life) void life.wake()
    else await wakeRobot(this.context, robotId)
  }

  /** Tells the world that this worker lives, keeps its leases, lets go of those that are lost. Throws when the database is away. */
  async beat(): Promise<void> {
    const { db, workerId, leaseSeconds } = this.context
    const startedMs = performance.now()
    const beat = { robotCount: this.#lives.size, heartbeatAt: sql`clock_timestamp()` }
    await db
      .insert(workers)
      .values({ id: workerId, hostname: hostname(), ...beat })
      .onConflictDoUpdate({ target: workers.id, set: beat })
    const epochs = await renewLeases(db, { workerId, ttlSeconds: leaseSeconds })
    for (const [robotId, life] of this.#lives) {
      if (epochs.get(robotId) === life.tenure.owner.epoch) life.tenure.prolong(this.#trustedUntilMs(startedMs))
      else this.#abandon(life)
    }
  }

  /** Ends overdue attempts and gives back what nobody needs any more. */
  async tidy(): Promise<void> {
    for (const life of this.#lives.values()) {
      await life.expireAttempt()
      if (life.tenure.isOver) this.#abandon(life)
      else if (life.isIdle && !(await hasOpenMail(this.context.db, life.tenure))) await this.#giveBack(life)
    }
  }

  /** Gives every robot back, each as soon as its own call has ended; no account is logged out. */
  async stop(): Promise<void> {
    this.#isStopping = true
    await Promise.allSettled([...this.#lives.values()].map((life) => this.#giveBack(life)))
  }

  #take(robotId: string): Promise<RobotLife | null> {
    const taking = this.#takings.get(robotId) ?? this.#acquire(robotId).finally(() => this.#takings.delete(robotId))
    this.#takings.set(robotId, taking)
    return taking
  }

  async #acquire(robotId: string): Promise<RobotLife | null> {
    const { db, workerId, leaseSeconds, log } = this.context
    const startedMs = performance.now()
    const taken = await acquireLease(db, { robotId, workerId, ttlSeconds: leaseSeconds })
    if (!taken) return null
    const { takeover, ...owner } = taken
    const tenure = new Tenure(db, owner, this.#trustedUntilMs(startedMs))
    const life = new RobotLife(this.context, tenure, takeover, loops)
    this.#lives.set(robotId, life)
    log.info({ robotId, epoch: owner.epoch }, 'robot taken')
    await life.restore()
    return life
  }

  #abandon(life: RobotLife): void {
    life.tenure.end()
    if (this.#lives.get(life.tenure.robotId) === life) this.#lives.delete(life.tenure.robotId)
  }

  async #giveBack(life: RobotLife): Promise<void> {
    await life.stop()
    this.#abandon(life)
    await releaseLease(this.context.db, life.tenure.owner)
  }

  #trustedUntilMs(askedMs: number): number {
    return askedMs + this.context.leaseSeconds * 1000 * trustedShare
  }
}
