import { and, eq, isNull, or } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { connectors } from '@/lib/db/schema/connector'
import { robots } from '@/lib/db/schema/robot'
import { AppError } from '@/lib/errors'

/**
 * Refuses a second robot on a 客服 account, also one of another application: both would answer each message. Concurrent calls wait for
 * each other. @throws ILLEGAL_ACTION. Spec: E6 (WeCom customer service).
 */
export async function refuseTakenKfAccount(
  tx: Tx,
  { connectorId, username }: { connectorId: string; username: string },
): Promise<void> {
  await tx.select({ id: connectors.id }).from(connectors).where(eq(connectors.id, connectorId)).for('no key update')
  const isSame = or(eq(robots.username, username), eq(robots.wechatUin, username), eq(robots.nickname, username))
  const [other] = await tx
    .select({ id: robots.id })
    .from(robots)
    .where(
      and(eq(robots.connectorId, connectorId), eq(robots.connection, 'wecom_kf'), isSame, isNull(robots.deletedAt)),
    )
    .limit(1)
  if (other)
    throw new AppError('ILLEGAL_ACTION', { reason: 'kf_account_taken', parameter: 'username', params: { username } })
}
