import { z } from 'zod'

/**
 * All jobs: payload (ids only) and deduplication key. A wake job makes its consumer read its rows; rows are the source of truth,
 * so a lost or duplicate job does no harm. Spec: G5 (the queue is disposable).
 */
export const jobCatalog = {
  /** For the owner of a robot, or the worker that claims it: drains its mailbox. */
  wakeRobot: { payload: z.object({ robotId: z.string() }), dedupeKey: (data: { robotId: string }) => data.robotId },
  /** For any worker: delivers the due callbacks of a lane. */
  deliverLane: { payload: z.object({ lane: z.string() }), dedupeKey: (data: { lane: string }) => data.lane },
  /** For any worker: checks a connector if a check is due. */
  checkConnector: {
    payload: z.object({ connectorId: z.string() }),
    dedupeKey: (data: { connectorId: string }) => data.connectorId,
  },
  /** For any worker: sends the test message of an alert channel if one is due. */
  testAlertChannel: {
    payload: z.object({ channelId: z.string() }),
    dedupeKey: (data: { channelId: string }) => data.channelId,
  },
  /** For any worker, once per hour: deletes rows past their retention. */
  cleanUp: { payload: z.object({}), dedupeKey: () => 'cleanUp' },
} as const

export type JobName = keyof typeof jobCatalog
export type JobPayload<Name extends JobName> = z.output<(typeof jobCatalog)[Name]['payload']>

/** For robots without an owner, checks of connectors and tests of alert channels. */
export const claimQueue = 'claim'
export const deliveryQueue = 'delivery'
/** For scheduled jobs. */
export const scheduledQueue = 'scheduled'
/** For the robots of one running worker. */
export const workerQueue = (workerId: string) => `worker-${workerId}`
