import { bigint, integer, pgTable, varchar } from 'drizzle-orm/pg-core'

/**
 * How often each key was used in its minute, when there is no Redis: in the shape that rate-limiter-flexible wants.
 * Unlogged: a crash of Postgres forgets the counts, and no request waits for a disk.
 */
export const rateLimits = pgTable('rate_limits', {
  key: varchar('key', { length: 255 }).primaryKey(),
  points: integer('points').notNull().default(0),
  /** Milliseconds since 1970; null = never. */
  expire: bigint('expire', { mode: 'number' }),
})
