import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { messages } from '../db/schema/message'

/** Tells which place, from 1, each of these messages has among those that wait; what waits no more is left out. */
export async function listPlaces(
  db: Db,
  { robotId, messageIds }: { robotId: string; messageIds: string[] },
): Promise<Map<string, number>> {
  if (messageIds.length === 0) return new Map()
  const place = sql<number>`(row_number() over (order by ${messages.sequence}))::int`
  const line = db
    .select({ id: messages.id, place: place.as('place') })
    .from(messages)
    .where(and(eq(messages.robotId, robotId), eq(messages.state, 'queued')))
    .as('line')
  const places = await db.select().from(line).where(inArray(line.id, messageIds))
  return new Map(places.map((one) => [one.id, one.place]))
}
