import { type AnyColumn, type SQL, sql } from 'drizzle-orm'

/** SQL: the column has one of these texts. One parameter, so that lists of all lengths share a statement, which stays prepared. */
export function isAnyOf(column: AnyColumn, values: readonly string[]): SQL {
  return sql`${column} = any(${sql.param([...values])}::text[])`
}
