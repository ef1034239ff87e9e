import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { messages } from '@/lib/db/schema/message'
import { callbackAttempts, callbackEvents } from '@/lib/db/schema/callback'

/** Returns whether an index serves a search: its keys are the pairs of adjacent characters, which one character does not have. */
export function isTextIndexed(search: string): boolean {
  return [...search].length >= 2
}

/** SQL: a message may contain a text, by its pairs of characters; those that wait for their robot are few, and not indexed. */
export function messageMayContain(search: string): SQL {
  const { state, senderName, content } = messages
  return sql`(${state} in ('queued', 'sending')
    or ${state} not in ('queued', 'sending') and ${hasPairs(sql`${senderName} || chr(10) || ${content}`, search)})`
}

/** SQL: an event may contain a text, by its pairs of characters; those that wait for delivery are not indexed. */
export function eventMayContain(search: string): SQL {
  const { state, data } = callbackEvents
  const text = sql`coalesce(${data} ->> 'content', '') || chr(10) || coalesce(${data} ->> 'nickname', '')`
  return sql`(${state} = 'pending' or ${state} <> 'pending' and ${hasPairs(text, search)})`
}

/** SQL: the response or the error of an attempt may contain a text, by its pairs of characters. */
export function attemptMayContain(search: string): SQL {
  const { error, responseExcerpt } = callbackAttempts
  return sql`((${error} <> '' or ${responseExcerpt} <> '')
    and ${hasPairs(sql`${error} || chr(10) || ${responseExcerpt}`, search)})`
}

/** The texts are those of the indexes, which serve nothing else. */
const hasPairs = (text: SQL, search: string) => sql`text_bigrams(${text}) @> text_bigrams(${search})`

/**
 * SQL: a text contains another, in any case. The same as `ilike`, but with estimates that let the planner read the latest rows for a
 * frequent text, and the index for a rare one: how frequent two characters are is known, of more only a bound.
 */
export function contains(text: SQL | PgColumn, search: string): SQL {
  const position = sql`strpos(lower(${text}), lower(${search}))`
  return [...search].length === 2 ? sql`${position} > 0` : sql`sign(${position}) = 1`
}
