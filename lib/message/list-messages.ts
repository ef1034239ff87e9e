import { and, desc, eq, lt } from 'drizzle-orm'
import type { Db } from '../db/client'
import { messages } from '../db/schema/message'
import { matchesFilters, type MessageFilters, numberedWithin } from './message-filters'
import { type MessageRow, selectMessages } from './select-messages'

/** How far back a text is looked for among one robot's messages. */
const searchedDays = 30

/** A robot's messages in both directions, newest first; `beforeSequence` pages on. */
export async function listMessages(
  db: Db,
  input: MessageFilters & { robotId: string; beforeSequence?: number | undefined; limit: number },
): Promise<MessageRow[]> {
  const { robotId, beforeSequence, limit } = input
  return selectMessages(db)
    .where(
      and(
        eq(messages.robotId, robotId),
        beforeSequence ? lt(messages.sequence, beforeSequence) : undefined,
        numberedWithin(input, { searchedDays }),
        matchesFilters(input, { searchedDays }),
      ),
    )
    .orderBy(desc(messages.sequence))
    .limit(limit)
}
