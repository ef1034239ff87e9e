import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { isDismissed } from '@/lib/attention/dismissals'
import { type FirstRows, firstRows } from '@/lib/attention/first-rows'

export type EndingToken = {
  id: string
  name: string
  applicationId: string
  applicationName: string
  expiresAtMs: number
  /** A dismissal is valid while this is unchanged. */
  state: string
}

const state = sql`extract(epoch from token.expires_at)::text`

/** Days before the expiry from which a token is listed. */
const noticeDays = 7

/** Lists valid tokens without a successor that expire within 7 days, earliest first. */
export async function listEndingTokens(db: Db, { limit }: { limit: number }): Promise<FirstRows<EndingToken>> {
  return firstRows(
    await db.execute<EndingToken & { total: number }>(sql`
      select token.id, token.name, application.id as "applicationId", application.name as "applicationName",
          count(*) over ()::int as total, (extract(epoch from token.expires_at) * 1000)::float8 as "expiresAtMs",
          ${state} as state
        from tokens as token join applications as application on application.id = token.application_id
        where token.revoked_at is null and token.replaced_by_id is null and application.disabled_at is null
          and token.expires_at between clock_timestamp() and clock_timestamp() + make_interval(days => ${noticeDays})
          and not ${isDismissed({ kind: sql`'token'`, targetId: sql`token.id`, state })}
        order by token.expires_at, token.id limit ${limit}`),
  )
}
