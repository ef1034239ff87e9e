import { sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'

/** free: seen and not in the pool; in_pool: a merchant group can take it; taken: one has or had it. */
export type GroupState = 'free' | 'in_pool' | 'taken'

/** A customer group that a company's robot has seen, or that an operator put into the pool. */
export type PoolGroup = {
  chatId: string
  /** null: in the pool, and not seen yet, or gone. */
  name: string | null
  memberCount: number
  state: GroupState
  /** Whether an operator put it into the pool. */
  isAdded: boolean
  /** Whether it is in the pool because of its name. */
  hasPrefix: boolean
  /** The merchant group that has or had it. null: none. */
  qun: { id: string; name: string } | null
}

/** Maximum groups in a list; more are counted only. */
const maxListed = 500

/** Lists the customer groups of a company with their place in its pool: those in the pool first, then free ones. `total` counts all. Spec: E7 (customer groups). */
export async function listGroups(
  db: Db,
  { connectorId }: { connectorId: string },
): Promise<{ groups: PoolGroup[]; total: number }> {
  type Row = Omit<PoolGroup, 'qun'> & { qunId: string | null; qunName: string | null; total: number }
  const rows = await db.execute<Row>(sql`
    with seen as (
      select room.id, room.username, room.name, room.member_count,
          coalesce(connector.settings->>'groupPrefix', '') as prefix
        from connectors as connector
        join robots as robot on robot.connector_id = connector.id and robot.connection = 'wecom_group'
          and robot.deleted_at is null
        join rooms as room on room.robot_id = robot.id and room.gone_at is null and room.username is not null
        where connector.id = ${connectorId}),
    listed as (
      select coalesce(seen.username, pool.chat_id) as "chatId", seen.name,
          coalesce(seen.member_count, 0) as "memberCount", pool.chat_id is not null as "isAdded",
          coalesce(seen.prefix <> '' and starts_with(seen.name, seen.prefix), false) as "hasPrefix",
          taker.id as "qunId", taker.name as "qunName"
        from seen
        full join (select chat_id from wecom_pool_groups where connector_id = ${connectorId}) as pool
          on pool.chat_id = seen.username
        left join lateral (
          select qun.id, coalesce(nullif(trim(replace(qun.name, qun.number, '')), ''), qun.owner_name) as name
            from quns as qun where qun.room_id = seen.id order by qun.created_at desc limit 1) as taker on true),
    placed as (
      select *, case when "qunId" is not null then 'taken'
          when "isAdded" or "hasPrefix" then 'in_pool' else 'free' end as state
        from listed)
    select *, count(*) over ()::int as total from placed
      order by array_position(array['in_pool', 'free', 'taken'], state), name nulls last, "chatId" limit ${maxListed}`)
  const groups = [...rows].map(({ qunId, qunName, total: _total, ...group }) => ({
    ...group,
    qun: qunId === null ? null : { id: qunId, name: qunName ?? '' },
  }))
  return { groups, total: rows[0]?.total ?? 0 }
}
