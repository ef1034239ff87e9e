import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Db } from '../db/client'
import { readPage } from '../db/read-page'
import { messages } from '../db/schema/message'
import { robots } from '../db/schema/robot'
import type { Page, Paged } from '../paging'
import { matchesFilters, type MessageFilters, numberedWithin } from './message-filters'
import { type MessageRow, selectMessages } from './select-messages'

/** How far back a text is looked for among everybody's messages. */
const searchedDays = 7

/** A page of the messages of all robots, or of one, newest first: for operators, who see every application. */
export async function listMessagePage(
  db: Db,
  wanted: Page & MessageFilters & { robotId?: string | undefined },
): Promise<Paged<MessageRow>> {
  const { robotId } = wanted
  const isWanted = and(
    isNull(robots.deletedAt),
    robotId ? and(eq(messages.robotId, robotId), numberedWithin(wanted, { searchedDays })) : undefined,
    matchesFilters(wanted, { searchedDays }),
  )
  // Each has its index: one robot's by number, everybody's by time.
  const orderBy = robotId ? [desc(messages.sequence)] : [desc(messages.createdAt), desc(messages.sequence)]
  return readPage(db, () => selectMessages(db).where(isWanted), { ...wanted, orderBy })
}
