import { eq } from 'drizzle-orm'
import { connectorSettings } from '@/lib/connector/connector-types'
import type { Db } from '@/lib/db/client'
import { connectors } from '@/lib/db/schema/connector'
import { robots } from '@/lib/db/schema/robot'

/** Returns the userids of the employees whose customer groups a robot reads; []: those of everyone in the visible range. Spec: E7 (customer groups). */
export async function getGroupOwners(db: Db, { robotId }: { robotId: string }): Promise<string[]> {
  const [row] = await db
    .select({ settings: connectors.settings })
    .from(robots)
    .innerJoin(connectors, eq(connectors.id, robots.connectorId))
    .where(eq(robots.id, robotId))
  return row ? ownersOf(connectorSettings.wecom.parse(row.settings)) : []
}

/** Returns the userids in the setting of a connector. */
export function ownersOf({ groupOwners }: { groupOwners: string }): string[] {
  return groupOwners.split(' ').filter(Boolean)
}
