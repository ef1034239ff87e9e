import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'

/** The name of a row of any kind that an audit entry refers to. */
export type NamedTarget = {
  id: string
  name: string
  /** The application or robot it belongs to. */
  ownerId: string | null
  isGone: boolean
}

/** Returns the names of rows of any kind by id, including removed operators. Ids without a row are left out. */
export async function resolveNames(db: Db, { ids }: { ids: string[] }): Promise<NamedTarget[]> {
  if (ids.length === 0) return []
  const isRequested = sql`= any(array[${sql.join(
    ids.map((id) => sql`${id}`),
    sql`, `,
  )}]::text[])`
  return [
    ...(await db.execute<NamedTarget>(sql`
      select id, name, null as "ownerId", false as "isGone" from applications where id ${isRequested}
      union all select id, name, application_id, revoked_at is not null from tokens where id ${isRequested}
      union all select id, coalesce(nullif(nickname, ''), username), application_id, deleted_at is not null
        from robots where id ${isRequested}
      union all select id, name, robot_id, false from rooms where id ${isRequested}
      union all select id, name, robot_id, false from quns where id ${isRequested}
      union all select id, '', robot_id, false from messages where id ${isRequested}
      union all select id, type, application_id, false from callback_events where id ${isRequested}
      union all select distinct replay_id, replay_id, null, false from callback_events where replay_id ${isRequested}
      union all select id, name, null, false from connectors where id ${isRequested}
      union all select id, name, application_id, false from application_endpoints where id ${isRequested}
      union all select id, name, application_id, false from alert_channels where id ${isRequested}
      union all select id, name, application_id, false from reply_rules where id ${isRequested}
      union all select id, title, application_id, false from articles where id ${isRequested}
      union all select id, '/' || shortcut, application_id, false from quick_replies where id ${isRequested}
      union all select conversations.id, coalesce(rooms.name, conversations.name), conversations.robot_id, false
        from conversations left join rooms on rooms.id = conversations.room_id where conversations.id ${isRequested}
      union all select id, email, null, false from operators where id ${isRequested}
      union all select distinct on (target_id) target_id, detail ->> 'email', null, true
        from audit_entries where action = 'operator.remove' and target_id ${isRequested}`)),
  ]
}
