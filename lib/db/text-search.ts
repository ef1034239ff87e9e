import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { messages } from '@/lib/db/schema/message'
import { callbackAttempts, callbackEvents } from '@/lib/db/schema/callback'

/**
 * Returns whether an index can serve a search. The keys of the indexes are pairs of adjacent characters, and a search of one character contains no
 * pair.
 */
export function isTextIndexed(search: string): boolean {
  return [...search].length >= 2
}

/**
 * SQL: whether a message can contain a text, judged by the pairs of adjacent characters in the text. True for each queued or sending message,
 * because these are few and not indexed.
 */
export function messageMayContain(search: string): SQL {
  const { senderName, content } = messages
  return isQueuedOr(hasPairs(sql`${senderName} || chr(10) || ${content}`, search))
}

/**
 * As `messageMayContain`, for messages of a short time. The planner does not know the pairs and so combines the index of texts with
 * that of times: it multiplies the frequencies of the pairs, takes the texts for much rarer than they are, and would read all of them.
 */
export function recentMessageMayContain(search: string): SQL {
  const { senderName, content } = messages
  const text = sql`${senderName} || chr(10) || ${content}`
  return isQueuedOr(sql`text_bigrams(${text}) @> (select text_bigrams(${search}))`)
}

const isQueuedOr = (hasText: SQL) =>
  sql`(${messages.state} in ('queued', 'sending') or ${messages.state} not in ('queued', 'sending') and ${hasText})`

/**
 * SQL: whether an event can contain a text, judged by the pairs of adjacent characters in the text. True for each event that waits for delivery,
 * because these are not indexed.
 */
export function eventMayContain(search: string): SQL {
  const { state, data } = callbackEvents
  const text = sql`coalesce(${data} ->> 'content', '') || chr(10) || coalesce(${data} ->> 'nickname', '')`
  return sql`(${state} = 'pending' or ${state} <> 'pending' and ${hasPairs(text, search)})`
}

/** SQL: whether the response or the error of an attempt can contain a text, judged by the pairs of adjacent characters in the text. */
export function attemptMayContain(search: string): SQL {
  const { error, responseExcerpt } = callbackAttempts
  return sql`((${error} <> '' or ${responseExcerpt} <> '')
    and ${hasPairs(sql`${error} || chr(10) || ${responseExcerpt}`, search)})`
}

/** SQL: whether a name contains a text, of one character or more, ignoring case; `name` is a column that has an index of its keys. */
export function nameContains(name: PgColumn, search: string): SQL {
  return sql`(name_keys(${name}) @> name_keys(${search}) and ${contains(name, search)})`
}

/** `text` must be exactly the expression of an index, because Postgres uses the index for no other expression. */
const hasPairs = (text: SQL, search: string) => sql`text_bigrams(${text}) @> text_bigrams(${search})`

/**
 * SQL: whether a text contains another text, ignoring case. Gives the same result as `ilike`, but with row estimates with which the planner reads
 * the latest rows for a frequent text and the index for a rare text. Postgres knows the frequency of a text of two characters, but only an upper
 * bound for a longer text.
 */
export function contains(text: SQL | PgColumn, search: string): SQL {
  const position = sql`strpos(lower(${text}), lower(${search}))`
  return [...search].length === 2 ? sql`${position} > 0` : sql`sign(${position}) = 1`
}
