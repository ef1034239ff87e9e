import type { Db, Tx } from '@/lib/db/client'
import type { Logger } from '@/lib/logger'
import { listOpenDecisions } from '@/lib/reply/open-decisions'
import { decideReply } from '@/worker/replies/decide-reply'

/** Decisions that wait for a model at the same time, per robot. */
const maxModelCalls = 4
const batchSize = 100

/** What the reply loop needs of a robot. The runner in `worker/robots` has this shape; neither folder imports the other. */
export type ReplyRobot = {
  readonly lease: {
    readonly robotId: string
    readonly isClosing: boolean
    readonly signal: AbortSignal
    write<T>(act: (tx: Tx) => Promise<T>): Promise<T>
  }
  wake(): Promise<void>
}

type Work = {
  /** Calls of the model by decision. */
  calls: Map<string, Promise<void>>
  /** Aborted when the robot closes. */
  closing: AbortController
  timer: NodeJS.Timeout | undefined
}

type Options = {
  db: Db
  log: Logger
  /** Origin of links to stored images. */
  publicUrl: string
  /** Asks the model about a decision and ends it; never throws. */
  answerWithModel(robot: ReplyRobot, decisionId: string, signal: AbortSignal): Promise<void>
}

/**
 * Creates the loop that decides about a robot's events in the order of arrival. Only the owner runs it, so that no two workers decide
 * about one event; calls of models run concurrently with it. A killed owner leaves open decisions to the next one.
 */
export function createReplies({ db, log, publicUrl, answerWithModel }: Options) {
  const works = new WeakMap<ReplyRobot, Work>()

  function workOf(robot: ReplyRobot): Work {
    const existing = works.get(robot)
    if (existing) return existing
    const work: Work = { calls: new Map(), closing: new AbortController(), timer: undefined }
    robot.lease.signal.addEventListener('abort', () => stop(work))
    works.set(robot, work)
    return work
  }

  function stop(work: Work): void {
    clearTimeout(work.timer)
    work.closing.abort()
  }

  function ask(robot: ReplyRobot, work: Work, decisionId: string): void {
    const call = answerWithModel(robot, decisionId, work.closing.signal).finally(() => {
      work.calls.delete(decisionId)
      if (!robot.lease.isClosing) void robot.wake()
    })
    work.calls.set(decisionId, call)
  }

  return async function runReplyLoop(robot: ReplyRobot): Promise<void> {
    const { lease } = robot
    const { robotId } = lease
    const work = workOf(robot)
    const failed = new Set<string>()
    clearTimeout(work.timer)
    while (!lease.isClosing) {
      const open = await listOpenDecisions(db, { robotId, limit: batchSize })
      const isFree = work.calls.size < maxModelCalls
      const next = open.find(
        ({ id, state, inMs }) => inMs <= 0 && !failed.has(id) && !work.calls.has(id) && (state !== 'model' || isFree),
      )
      if (!next) {
        const waitMs = Math.min(...open.flatMap(({ inMs }) => (inMs > 0 ? [inMs] : [])))
        if (Number.isFinite(waitMs)) work.timer = setTimeout(() => void robot.wake(), waitMs + 20)
        break
      }
      try {
        if (next.state === 'model') ask(robot, work, next.id)
        else await lease.write((tx) => decideReply(tx, { decisionId: next.id, publicUrl }))
      } catch (error) {
        if (lease.signal.aborted) throw error
        // The sweep wakes the robot again; other decisions must not wait for this one.
        failed.add(next.id)
        log.error({ err: error, robotId, decisionId: next.id }, 'reply decision failed')
      }
    }
    if (!lease.isClosing) return
    stop(work)
    await Promise.all(work.calls.values())
  }
}
