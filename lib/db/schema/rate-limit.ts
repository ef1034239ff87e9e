import { bigint, integer, pgTable, varchar } from 'drizzle-orm/pg-core'

/**
 * Uses of each rate-limit key in its current minute, without Redis; the columns are those of rate-limiter-flexible. The table
 * is unlogged: a crash of Postgres loses the counts, and no request waits for the disk.
 */
export const rateLimits = pgTable('rate_limits', {
  key: varchar('key', { length: 255 }).primaryKey(),
  points: integer('points').notNull().default(0),
  /** Milliseconds since 1970; null: never. */
  expire: bigint('expire', { mode: 'number' }),
})
