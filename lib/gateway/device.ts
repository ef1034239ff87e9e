import { and, eq, ne } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { gatewayDevices } from '@/lib/db/schema/gateway'
import { robots } from '@/lib/db/schema/robot'

/** Returns the id of a robot's device at its gateway. "": it has none yet. */
export async function readAppId(db: Db, { robotId }: { robotId: string }): Promise<string> {
  const [device] = await db
    .select({ appId: gatewayDevices.appId })
    .from(gatewayDevices)
    .where(eq(gatewayDevices.robotId, robotId))
  return device?.appId ?? ''
}

/** Records the device that a gateway gave a robot. A device belongs to one robot: a device that the gateway reports for another robot moves to it. */
export async function saveAppId(db: Db, { robotId, appId }: { robotId: string; appId: string }): Promise<void> {
  await db.transaction(async (tx) => {
    const [robot] = await tx.select({ connectorId: robots.connectorId }).from(robots).where(eq(robots.id, robotId))
    if (!robot?.connectorId) return
    const { connectorId } = robot
    await tx
      .delete(gatewayDevices)
      .where(
        and(
          eq(gatewayDevices.connectorId, connectorId),
          eq(gatewayDevices.appId, appId),
          ne(gatewayDevices.robotId, robotId),
        ),
      )
    await tx
      .insert(gatewayDevices)
      .values({ robotId, connectorId, appId })
      .onConflictDoUpdate({ target: gatewayDevices.robotId, set: { connectorId, appId } })
  })
}
