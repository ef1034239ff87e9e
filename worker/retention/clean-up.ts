import { deleteOldEvents, deleteOldResponses } from '@/lib/callback/retention'
import { deleteOldCommands } from '@/lib/command/finish-command'
import { deleteOldConversations } from '@/lib/conversation/list-conversations'
import type { Db } from '@/lib/db/client'
import type { Logger } from '@/lib/logger'
import { deleteOldEvents as deleteOldGatewayEvents } from '@/lib/gateway/stored-events'
import { deleteOldMedia } from '@/lib/media/media'
import { deleteExpiredFiles } from '@/lib/media/outgoing-file'
import { deleteOldRequests } from '@/lib/operator/run-request-once'
import { deleteOldMessages } from '@/lib/message/delete-old-messages'
import { deleteOldSignIns } from '@/lib/operator/sign-in-origin'
import { deleteOldVisits } from '@/lib/qun/qun-visits'
import { deleteOldDecisions } from '@/lib/reply/open-decisions'
import { deleteOldChanges } from '@/lib/session/session-changes'

/** Rows per statement; keeps row locks short. */
const batchSize = 500
/** No client still waits for a command this old; the overview shows two weeks. */
const commandDays = 30

export type RetentionDays = {
  responses: number
  events: number
  media: number
  messages: number
  sessionChanges: number
}

/** Deletes expired rows in batches until none is left or `signal` aborts; the next run continues. */
export async function cleanUp(context: {
  db: Db
  log: Logger
  days: RetentionDays
  signal: AbortSignal
}): Promise<void> {
  const { db, log, days, signal } = context
  const removed = {
    responses: await inBatches(signal, () => deleteOldResponses(db, { olderThanDays: days.responses, batchSize })),
    events: await inBatches(signal, () => deleteOldEvents(db, { olderThanDays: days.events, batchSize })),
    media: await inBatches(signal, () => deleteOldMedia(db, { olderThanDays: days.media, batchSize: 20 })),
    messages: await inBatches(signal, () => deleteOldMessages(db, { olderThanDays: days.messages, batchSize: 200 })),
    conversations: await inBatches(signal, () =>
      deleteOldConversations(db, { olderThanDays: days.messages, batchSize }),
    ),
    decisions: await inBatches(signal, () => deleteOldDecisions(db, { olderThanDays: days.messages, batchSize })),
    sessionChanges: await inBatches(signal, () =>
      deleteOldChanges(db, { olderThanDays: days.sessionChanges, batchSize }),
    ),
    operatorRequests: await inBatches(signal, () => deleteOldRequests(db, { batchSize })),
    commands: await inBatches(signal, () => deleteOldCommands(db, { olderThanDays: commandDays, batchSize })),
    signIns: await inBatches(signal, () => deleteOldSignIns(db, { batchSize })),
    gatewayEvents: await inBatches(signal, () => deleteOldGatewayEvents(db, { batchSize })),
    outgoingFiles: await deleteExpiredFiles(db),
    visits: await inBatches(signal, () => deleteOldVisits(db, { batchSize })),
  }
  if (Object.values(removed).some(Boolean)) log.info(removed, 'cleaned up')
}

async function inBatches(signal: AbortSignal, removeBatch: () => Promise<number>): Promise<number> {
  let total = 0
  while (!signal.aborted) {
    const count = await removeBatch()
    if (count === 0) break
    total += count
  }
  return total
}
