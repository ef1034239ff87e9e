import { sql } from 'drizzle-orm'
import { workers } from '@/lib/db/schema/session'

/** Whether a worker is alive: its last heartbeat is less than 15 seconds old. */
export const isWorkerAlive = sql<boolean>`${workers.heartbeatAt} > clock_timestamp() - interval '15 seconds'`
