import { PgPreparedQuery } from 'drizzle-orm/pg-core'
import { stripValues } from '@/lib/describe-error'

type Run = (this: unknown, ...args: unknown[]) => Promise<unknown>

/**
 * Makes failed queries throw errors without the values of rows and parameters. drizzle writes parameters into the message, and
 * messages are copied into logs, failed jobs, responses and other errors.
 */
export function hideValuesInErrors(): void {
  const prototype = PgPreparedQuery.prototype as unknown as { queryWithCache: Run & { hidesValues?: true } }
  const run = prototype.queryWithCache
  if (run.hidesValues) return
  const hiding: Run = async function (...args) {
    try {
      return await run.apply(this, args)
    } catch (error) {
      throw stripValues(error)
    }
  }
  prototype.queryWithCache = Object.assign(hiding, { hidesValues: true as const })
}
