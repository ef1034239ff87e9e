import { sql } from 'drizzle-orm'

/**
 * SQL: a row of `messages` is a failed send: refused, unknown outcome, or cancelled at its deadline. A send that an operator
 * cancelled did not fail.
 */
export const isFailedSend = sql`(messages.state in ('refused', 'unknown')
  or messages.state = 'cancelled' and messages.error_code is distinct from 'ILLEGAL_ACTION')`
