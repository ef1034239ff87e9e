import { eq, or, type SQL, sql } from 'drizzle-orm'
import { containing } from '../db/containing'
import { callbackAttempts, callbackEvents } from '../db/schema/callback'

const columns = {
  evt: callbackEvents.id,
  msg: callbackEvents.messageId,
  room: callbackEvents.roomId,
  rbt: callbackEvents.robotId,
}

/** SQL: the callbacks that a text is about: an id of ours as a whole, else part of what was said, by whom, or of an answer. */
export function searched(text: string): SQL | undefined {
  const [, prefix] = /^([a-z]+)_\w+$/.exec(text) ?? []
  const known = Object.entries(columns).find(([name]) => name === prefix)
  if (known) return eq(known[1], text)
  const pattern = containing(text)
  const { data, id } = callbackEvents
  const { eventId, error, answerExcerpt } = callbackAttempts
  return or(
    sql`${data} ->> 'content' ilike ${pattern}`,
    sql`${data} ->> 'nickname' ilike ${pattern}`,
    sql`exists (select from ${callbackAttempts}
      where ${eventId} = ${id} and (${error} ilike ${pattern} or ${answerExcerpt} ilike ${pattern}))`,
  )
}
