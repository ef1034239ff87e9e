import { sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { type FirstRows, firstRows } from './first-rows'

export type EndingToken = {
  id: string
  name: string
  applicationId: string
  applicationName: string
  expiresAtMs: number
}

/** So long before its end a token is told of. */
const noticeDays = 7

/** Lists tokens in use that end within days and that nothing has replaced, the first to end first. */
export async function listEndingTokens(db: Db, { limit }: { limit: number }): Promise<FirstRows<EndingToken>> {
  return firstRows(
    await db.execute<EndingToken & { total: number }>(sql`
      select token.id, token.name, application.id as "applicationId", application.name as "applicationName",
          count(*) over ()::int as total, (extract(epoch from token.expires_at) * 1000)::float8 as "expiresAtMs"
        from tokens as token join applications as application on application.id = token.application_id
        where token.revoked_at is null and token.replaced_by_id is null and application.disabled_at is null
          and token.expires_at between clock_timestamp() and clock_timestamp() + make_interval(days => ${noticeDays})
        order by token.expires_at, token.id limit ${limit}`),
  )
}
