import { deleteOldEvents, forgetOldAnswers } from '@/lib/callback/forget-old-callbacks'
import { deleteOldCommands } from '@/lib/command/delete-old-commands'
import type { Db } from '@/lib/db/client'
import type { Logger } from '@/lib/logger'
import { deleteOldMedia } from '@/lib/media/delete-old-media'
import { deleteOldChanges } from '@/lib/session/delete-old-changes'

/** Small enough to lock nobody out for long. */
const batchSize = 500
/** Whoever waited for a command has long gone; the overview looks back for two weeks. */
const commandDays = 30

export type RetentionDays = { answers: number; events: number; media: number; sessionChanges: number }

/** Removes what is kept no longer, batch after batch, until nothing is left or `signal` aborts; the next run goes on there. */
export async function cleanUp(context: {
  db: Db
  log: Logger
  days: RetentionDays
  signal: AbortSignal
}): Promise<void> {
  const { db, log, days, signal } = context
  const removed = {
    answers: await inBatches(signal, () => forgetOldAnswers(db, { olderThanDays: days.answers, batchSize })),
    events: await inBatches(signal, () => deleteOldEvents(db, { olderThanDays: days.events, batchSize })),
    media: await inBatches(signal, () => deleteOldMedia(db, { olderThanDays: days.media, batchSize: 20 })),
    sessionChanges: await inBatches(signal, () =>
      deleteOldChanges(db, { olderThanDays: days.sessionChanges, batchSize }),
    ),
    commands: await inBatches(signal, () => deleteOldCommands(db, { olderThanDays: commandDays, batchSize })),
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
