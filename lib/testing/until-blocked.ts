import { sleep } from '@/lib/retry'
import type { TestDatabase } from '@/lib/testing/test-database'

/** Waits until a statement in this database waits for a lock. */
export async function untilBlocked({ sql }: Pick<TestDatabase, 'sql'>): Promise<void> {
  const isBlocked = async () =>
    (await sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`).length > 0
  while (!(await isBlocked())) await sleep(10)
}
