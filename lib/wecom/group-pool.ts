import { and, asc, eq, sql } from 'drizzle-orm'
import { getConnectorOrThrow } from '@/lib/connector/find-connector'
import type { Db, Tx } from '@/lib/db/client'
import { wecomPoolGroups } from '@/lib/db/schema/wecom'
import { AppError } from '@/lib/errors'

const maxGroups = 1000

/** Puts a customer group into the pool of a company, or takes it out. @throws NOT_FOUND; ILLEGAL_ACTION for a gateway or a full pool */
export async function changePool(
  tx: Tx,
  { connectorId, chatId, isIn }: { connectorId: string; chatId: string; isIn: boolean },
): Promise<void> {
  const { type } = await getConnectorOrThrow(tx, { connectorId })
  if (type !== 'wecom')
    throw new AppError('INVALID_PARAMETER', { reason: 'connector_not_assistant', parameter: 'connectorId' })
  if (!isIn) {
    const isIt = and(eq(wecomPoolGroups.connectorId, connectorId), eq(wecomPoolGroups.chatId, chatId))
    await tx.delete(wecomPoolGroups).where(isIt)
    return
  }
  const size = await tx.$count(wecomPoolGroups, eq(wecomPoolGroups.connectorId, connectorId))
  if (size >= maxGroups) throw new AppError('ILLEGAL_ACTION', { reason: 'group_pool_full', params: { max: maxGroups } })
  await tx.insert(wecomPoolGroups).values({ connectorId, chatId }).onConflictDoNothing()
}

/** Lists the customer groups that an operator put into the pool of a company. */
export async function listPool(db: Db, { connectorId }: { connectorId: string }): Promise<string[]> {
  const rows = await db
    .select({ chatId: wecomPoolGroups.chatId })
    .from(wecomPoolGroups)
    .where(eq(wecomPoolGroups.connectorId, connectorId))
    .orderBy(asc(wecomPoolGroups.createdAt), asc(wecomPoolGroups.chatId))
    .limit(maxGroups)
  return rows.map(({ chatId }) => chatId)
}

/**
 * Returns the oldest customer group of a robot's pool that no qun has had: named by an operator, or by the prefix of the connector.
 * `preferred`: the one that has a join way already. null: the pool is empty. Spec: E7 (customer groups).
 */
export async function findFreeGroup(
  db: Db,
  { robotId, preferred }: { robotId: string; preferred?: string | undefined },
): Promise<{ roomId: string; chatId: string } | null> {
  const [free] = await db.execute<{ roomId: string; chatId: string }>(sql`
    select room.id as "roomId", room.username as "chatId"
      from rooms as room
      join robots as robot on robot.id = room.robot_id
      join connectors as connector on connector.id = robot.connector_id
      where room.robot_id = ${robotId} and room.gone_at is null and room.username is not null
        and not exists (select from quns as qun where qun.room_id = room.id)
        and (exists (select from wecom_pool_groups as pool
              where pool.connector_id = connector.id and pool.chat_id = room.username)
          or (coalesce(connector.settings->>'groupPrefix', '') <> ''
            and starts_with(room.name, connector.settings->>'groupPrefix')))
      order by room.username = ${preferred ?? ''} desc, room.created_at, room.id limit 1`)
  return free ?? null
}
