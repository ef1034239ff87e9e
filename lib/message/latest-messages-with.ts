import { and, type SQL, sql } from 'drizzle-orm'
import { messages } from '@/lib/db/schema/message'
import { messageMayContain, recentMessageMayContain } from '@/lib/db/text-search'

/** Days that are searched first: a frequent text has many messages over the years, and reading all to find the latest takes seconds. */
const recentDays = 7

/**
 * SQL: a query of `columns` of the latest messages that an index says may contain the text and that match `where`, at least `count` if
 * there are as many. For a text of two characters or more.
 */
export function latestMessagesWith(
  search: string,
  { columns, where, count }: { columns: SQL; where: SQL | undefined; count: number },
): SQL {
  const since = sql`now() - make_interval(days => ${recentDays})`
  const isInIndex = messageMayContain(search)
  // The frequency of two characters is known; then the planner reads the latest rows of a frequent text by itself.
  const isInIndexOfRecent = [...search].length > 2 ? recentMessageMayContain(search) : isInIndex
  const find = (isInReach: SQL) => sql`select ${columns} from ${messages}
    where ${and(isInReach, where)} order by created_at desc, sequence desc limit ${count}`
  // The earlier ones are searched only if the condition, which does not depend on them, is met.
  return sql`with recent as materialized (${find(sql`${messages.createdAt} >= ${since} and ${isInIndexOfRecent}`)})
    select * from recent union all (${find(
      sql`(select count(*) from recent) < ${count} and ${messages.createdAt} < ${since} and ${isInIndex}`,
    )})`
}
