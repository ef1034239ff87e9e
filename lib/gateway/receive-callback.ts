import { and, eq, sql } from 'drizzle-orm'
import { findConnectorByCallbackKey } from '@/lib/connector/find-connector'
import { wakeRobotAfterCommit } from '@/lib/db/after-commit'
import type { Db } from '@/lib/db/client'
import { gatewayRefusals, type GatewayRefusalReason } from '@/lib/db/schema/gateway'
import { findDeviceRobot } from '@/lib/gateway/device'
import { readGatewayEvent } from '@/lib/gateway/read-event'
import { storeEvent } from '@/lib/gateway/stored-events'
import type { Sealer } from '@/lib/secret'

/** `stored` and `repeat` are answered alike; a `test` names no device, as a gateway sends it for a new URL. */
export type CallbackOutcome = 'stored' | 'repeat' | GatewayRefusalReason

/**
 * Receives what was posted to a gateway's callback path: an event is stored, and the owner of its robot woken after the commit, only if the
 * path belongs to a connector and the device to one of its robots. Everything else changes nothing and is counted. Spec: E8.
 */
export async function receiveCallback(
  db: Db,
  { sealer, callbackKey, body }: { sealer: Sealer; callbackKey: string; body: string },
): Promise<CallbackOutcome> {
  const connector = await findConnectorByCallbackKey(db, { sealer, type: 'gateway', callbackKey })
  if (!connector) return countRefusal(db, '', 'unknown_path')
  const { id: connectorId } = connector
  const event = readGatewayEvent(body)
  if (!event) return countRefusal(db, connectorId, isTest(body) ? 'test' : 'unreadable')
  const device = await findDeviceRobot(db, { connectorId, appId: event.appId })
  if (!device) return countRefusal(db, connectorId, 'foreign_device')
  const { robotId, hasSession } = device
  if (!hasSession) return countRefusal(db, connectorId, 'no_session')
  if (event.kind === 'other') return 'stored'
  const outcome = await db.transaction(async (tx) => {
    const stored = await storeEvent(tx, { robotId, key: event.key, body: body.replaceAll('\0', '') })
    if (stored === 'stored') wakeRobotAfterCommit(tx, robotId)
    return stored
  })
  return outcome === 'full' ? countRefusal(db, connectorId, 'flood') : outcome
}

/** Returns the refusals of a connector, and with them those of unknown paths. */
export async function listRefusals(db: Db, { connectorId }: { connectorId: string }) {
  const { reason, count, lastAt } = gatewayRefusals
  return db.select({ reason, count, lastAt }).from(gatewayRefusals).where(eq(gatewayRefusals.connectorId, connectorId))
}

/** Returns when a gateway last posted the test of its callback URL. null: never. */
export async function readTestTime(db: Db, { connectorId }: { connectorId: string }): Promise<Date | null> {
  const isTestRow = and(eq(gatewayRefusals.connectorId, connectorId), eq(gatewayRefusals.reason, 'test'))
  const [row] = await db.select({ lastAt: gatewayRefusals.lastAt }).from(gatewayRefusals).where(isTestRow)
  return row?.lastAt ?? null
}

/** A gateway posts a test to a new callback URL. */
function isTest(body: string): boolean {
  return body.length < 1_000 && /"testMsg"/.test(body)
}

async function countRefusal(db: Db, connectorId: string, reason: GatewayRefusalReason): Promise<GatewayRefusalReason> {
  await db
    .insert(gatewayRefusals)
    .values({ connectorId, reason })
    .onConflictDoUpdate({
      target: [gatewayRefusals.connectorId, gatewayRefusals.reason],
      set: { count: sql`least(${gatewayRefusals.count} + 1, 2000000000)`, lastAt: sql`clock_timestamp()` },
    })
  return reason
}
