import { z } from 'zod'

/**
 * Every job there is: its queue's kind, what it carries (ids only), how its repeats are folded.
 * A wake job says "look at your rows"; rows are the truth, so a lost or doubled job does no harm (G5).
 */
export const jobCatalog = {
  /** To a robot's owner, or to whoever claims it: drain its mailbox. */
  wakeRobot: { payload: z.object({ robotId: z.string() }), foldBy: (data: { robotId: string }) => data.robotId },
  /** To any worker: deliver a lane's due callbacks. */
  deliverLane: { payload: z.object({ lane: z.string() }), foldBy: (data: { lane: string }) => data.lane },
  /** To any worker, once an hour: remove what is kept no longer. */
  cleanUp: { payload: z.object({}), foldBy: () => 'cleanUp' },
} as const

export type JobName = keyof typeof jobCatalog
export type JobPayload<Name extends JobName> = z.output<(typeof jobCatalog)[Name]['payload']>

/** For robots that nobody owns. */
export const claimQueue = 'claim'
/** For callbacks. */
export const deliveryQueue = 'delivery'
/** For what comes round by the clock. */
export const clockworkQueue = 'clockwork'
/** For the robots of one living worker. */
export const workerQueue = (workerId: string) => `worker-${workerId}`
