import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'

/** How something is called that an audit entry names by its id. */
export type NamedThing = {
  id: string
  name: string
  /** The application or robot it belongs to. */
  ownerId: string | null
  isGone: boolean
}

/** Finds the names of things by ids of any kind, also of operators who were removed; what has no row is left out. */
export async function nameThings(db: Db, { ids }: { ids: string[] }): Promise<NamedThing[]> {
  if (ids.length === 0) return []
  const asked = sql`= any(array[${sql.join(
    ids.map((id) => sql`${id}`),
    sql`, `,
  )}]::text[])`
  return [
    ...(await db.execute<NamedThing>(sql`
      select id, name, null as "ownerId", false as "isGone" from applications where id ${asked}
      union all select id, name, application_id, revoked_at is not null from tokens where id ${asked}
      union all select id, coalesce(nullif(nickname, ''), username), application_id, deleted_at is not null
        from robots where id ${asked}
      union all select id, name, robot_id, false from rooms where id ${asked}
      union all select id, name, robot_id, false from quns where id ${asked}
      union all select id, '', robot_id, false from messages where id ${asked}
      union all select id, type, application_id, false from callback_events where id ${asked}
      union all select distinct replay_id, replay_id, null, false from callback_events where replay_id ${asked}
      union all select id, email, null, false from operators where id ${asked}
      union all select distinct on (target_id) target_id, detail ->> 'email', null, true
        from audit_entries where action = 'operator.remove' and target_id ${asked}`)),
  ]
}
