import { and, eq, inArray, sql } from 'drizzle-orm'
import { findConnectorIdByCallbackKey } from '@/lib/connector/find-connector'
import type { Db } from '@/lib/db/client'
import { gatewayRefusals, type GatewayRefusalReason } from '@/lib/db/schema/gateway'
import { readGatewayEvent } from '@/lib/gateway/read-event'
import { storeEvent } from '@/lib/gateway/stored-events'

/** `stored` and `repeat` get the same response; a `test` names no device, as a gateway sends it for a new URL. */
export type CallbackOutcome = 'stored' | 'repeat' | GatewayRefusalReason

/**
 * Receives what was posted to a gateway's callback path: an event is stored, and the owner of its robot woken after the commit, only if the
 * path belongs to a connector and the device to one of its robots. Everything else changes nothing and is counted. Spec: E8 (gateway).
 */
export async function receiveCallback(
  db: Db,
  { callbackKey, body }: { callbackKey: string; body: string },
): Promise<CallbackOutcome> {
  const connectorId = await findConnectorIdByCallbackKey(db, { type: 'gateway', callbackKey })
  if (!connectorId) return countRefusal(db, '', 'unknown_path')
  const event = readGatewayEvent(body)
  if (!event) return countRefusal(db, connectorId, isTest(body) ? 'test' : 'unreadable')
  const { appId, key, kind } = event
  const stored = { connectorId, appId, key, body: body.replaceAll('\0', ''), isKept: kind !== 'other' }
  const outcome = await storeEvent(db, stored)
  if (outcome === 'stored' || outcome === 'repeat') return outcome
  if (outcome === 'other') return 'stored'
  return countRefusal(db, connectorId, outcome === 'full' ? 'flood' : outcome)
}

/** Callbacks that changed nothing for one reason. */
export type Refusals = { reason: Exclude<GatewayRefusalReason, 'test'>; count: number; lastAt: Date }

/** Lists what was refused at a connector's path, and at paths that belong to no connector. */
export async function listRefusals(db: Db, { connectorId }: { connectorId: string }): Promise<Refusals[]> {
  const { reason, count, lastAt } = gatewayRefusals
  const rows = await db
    .select({ reason, count, lastAt })
    .from(gatewayRefusals)
    .where(inArray(gatewayRefusals.connectorId, [connectorId, '']))
    .orderBy(reason)
  return rows.flatMap((row) => (row.reason === 'test' ? [] : { ...row, reason: row.reason }))
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
