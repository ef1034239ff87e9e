import { deleteOldFriendRequests } from '@/lib/address-book/friend-request'
import { deleteOldAlerts } from '@/lib/alert/sync-alerts'
import { deleteOldEvents, deleteOldResponses } from '@/lib/callback/retention'
import { deleteOldCommands } from '@/lib/command/finish-command'
import { deleteOldConversations } from '@/lib/conversation/list-conversations'
import type { Db } from '@/lib/db/client'
import type { RetentionDays } from '@/lib/installation/retention'
import type { Logger } from '@/lib/logger'
import { deleteOldEvents as deleteOldGatewayEvents } from '@/lib/gateway/stored-events'
import { deleteOldMedia } from '@/lib/media/media'
import { deleteExpiredFiles } from '@/lib/media/outgoing-file'
import { deleteOldRequests } from '@/lib/operator/run-request-once'
import { deleteOldMessages } from '@/lib/message/delete-old-messages'
import { addLateChanges, deleteOldSums, sumNextHours } from '@/lib/metrics/sum-hours'
import { deleteOldSignIns } from '@/lib/operator/sign-in-origin'
import { deleteOldVisits } from '@/lib/qun/qun-visits'
import { deleteOldDecisions } from '@/lib/reply/open-decisions'
import { deleteOldChanges } from '@/lib/session/session-changes'

/** Rows per statement; keeps row locks short. */
const batchSize = 500
/** No client still waits for a command this old; the overview shows two weeks. */
const commandDays = 30
/** The figures go back two weeks. */
const sumDays = 35

/** Sums the figures of past hours and deletes expired rows, in batches until none is left or `signal` aborts; the next run continues. */
export async function cleanUp(context: {
  db: Db
  log: Logger
  days: RetentionDays
  signal: AbortSignal
}): Promise<void> {
  const { db, log, days, signal } = context
  // First, so that no row is deleted before it is counted.
  const summed = {
    hours: await inBatches(signal, () => sumNextHours(db)),
    lateChanges: await inBatches(signal, () => addLateChanges(db, { batchSize: 10_000 })),
  }
  if (summed.hours > 0) log.info(summed, 'summed figures')
  const removed = {
    responses: await inBatches(signal, () => deleteOldResponses(db, { olderThanDays: days.responses, batchSize })),
    events: await inBatches(signal, () => deleteOldEvents(db, { olderThanDays: days.events, batchSize })),
    media: await inBatches(signal, () => deleteOldMedia(db, { olderThanDays: days.media, batchSize: 20 })),
    messages: await inBatches(signal, () => deleteOldMessages(db, { olderThanDays: days.messages, batchSize: 200 })),
    conversations: await inBatches(signal, () =>
      deleteOldConversations(db, { olderThanDays: days.messages, batchSize }),
    ),
    friendRequests: await inBatches(signal, () =>
      deleteOldFriendRequests(db, { olderThanDays: days.messages, batchSize }),
    ),
    decisions: await inBatches(signal, () => deleteOldDecisions(db, { olderThanDays: days.messages, batchSize })),
    sessionChanges: await inBatches(signal, () =>
      deleteOldChanges(db, { olderThanDays: days.sessionChanges, batchSize }),
    ),
    operatorRequests: await inBatches(signal, () => deleteOldRequests(db, { batchSize })),
    commands: await inBatches(signal, () => deleteOldCommands(db, { olderThanDays: commandDays, batchSize })),
    signIns: await inBatches(signal, () => deleteOldSignIns(db, { batchSize })),
    gatewayEvents: await inBatches(signal, () => deleteOldGatewayEvents(db, { batchSize })),
    alerts: await inBatches(signal, () => deleteOldAlerts(db, { batchSize })),
    outgoingFiles: await deleteExpiredFiles(db),
    figureSums: await inBatches(signal, () => deleteOldSums(db, { olderThanDays: sumDays, batchSize })),
    visits: await inBatches(signal, () => deleteOldVisits(db, { batchSize })),
  }
  if (Object.values(removed).some(Boolean)) log.info(removed, 'cleaned up')
}

async function inBatches(signal: AbortSignal, runBatch: () => Promise<number>): Promise<number> {
  let total = 0
  while (!signal.aborted) {
    const count = await runBatch()
    if (count === 0) break
    total += count
  }
  return total
}
