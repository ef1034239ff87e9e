import { and, eq, or, type SQL, sql } from 'drizzle-orm'
import { containing } from '../db/containing'
import { callbackAttempts, callbackEvents } from '../db/schema/callback'

const columns = {
  evt: callbackEvents.id,
  msg: callbackEvents.messageId,
  room: callbackEvents.roomId,
  rbt: callbackEvents.robotId,
}

/** How far back a text is looked for, which nothing but reading finds. */
const searchedDays = 7

/**
 * SQL: the callbacks that a text is about: an id of ours as a whole, else part of what was said, by whom, or of an answer,
 * in the last 7 days unless `since` is given.
 */
export function searched(text: string, { since }: { since: Date | undefined }): SQL | undefined {
  const [, prefix] = /^([a-z]+)_\w+$/.exec(text) ?? []
  const known = Object.entries(columns).find(([name]) => name === prefix)
  if (known) return eq(known[1], text)
  const pattern = containing(text)
  const { data, id, createdAt } = callbackEvents
  const { eventId, error, answerExcerpt } = callbackAttempts
  const isRecent = since ? undefined : sql`${createdAt} >= now() - make_interval(days => ${searchedDays})`
  const isFound = or(
    sql`${data} ->> 'content' ilike ${pattern}`,
    sql`${data} ->> 'nickname' ilike ${pattern}`,
    sql`exists (select from ${callbackAttempts}
      where ${eventId} = ${id} and (${error} ilike ${pattern} or ${answerExcerpt} ilike ${pattern}))`,
  )
  return and(isRecent, isFound)
}
