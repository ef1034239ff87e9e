import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/lib/db/client'
import { applications } from '@/lib/db/schema/application'
import { robots } from '@/lib/db/schema/robot'
import { bindings, rooms } from '@/lib/db/schema/room'
import type { RoomScope } from '@/lib/db/types'
import { AppError } from '@/lib/errors'

/** The rooms whose messages are sent to the endpoint: all, all except those an operator unbound, or the bound ones. */
export type NotifiedRule = 'all' | 'unless_unbound' | 'bound'

/** `silent`: why no messages are sent; null: they are. `count`: the notified rooms of `total`, the rooms that WeChat lists. */
export type NotifiedRooms = {
  rule: NotifiedRule
  silent: 'no_url' | 'disabled' | 'not_subscribed' | null
  count: number
  total: number
}

/** Returns the rule for a robot's rooms: without an agent_id and a room bound by hand, all are notified. Spec: A12 (callbacks). */
export function notifiedRule(of: {
  roomScope: RoomScope
  agentId: string | null
  isBindingByHand: boolean
}): NotifiedRule {
  if (of.roomScope !== 'bound') return 'all'
  return of.agentId || of.isBindingByHand ? 'bound' : 'unless_unbound'
}

/** Counts the rooms of a robot whose messages are sent to its application's endpoint. */
export async function countNotifiedRooms(db: Db | Tx, { robotId }: { robotId: string }): Promise<NotifiedRooms> {
  const isShown = isNull(rooms.goneAt)
  const [settings] = await db
    .select({
      callbackUrl: applications.callbackUrl,
      eventTypes: applications.eventTypes,
      roomScope: applications.roomScope,
      disabledAt: applications.disabledAt,
      agentId: robots.agentId,
      isBindingByHand: sql<boolean>`coalesce(bool_or(${bindings.isBound} and ${bindings.source} = 'operator'), false)`,
      total: sql<number>`(count(${rooms.id}) filter (where ${isShown}))::int`,
      bound: sql<number>`(count(*) filter (where ${isShown} and ${bindings.isBound}))::int`,
      unbound: sql<number>`(count(*) filter (where ${isShown} and not ${bindings.isBound}
        and ${bindings.source} = 'operator'))::int`,
    })
    .from(robots)
    .innerJoin(applications, eq(applications.id, robots.applicationId))
    .leftJoin(rooms, eq(rooms.robotId, robots.id))
    .leftJoin(bindings, eq(bindings.roomId, rooms.id))
    .where(and(eq(robots.id, robotId)))
    .groupBy(applications.id, robots.id)
  if (!settings) return { rule: 'all', silent: 'no_url', count: 0, total: 0 }
  const { total, bound, unbound } = settings
  const rule = notifiedRule(settings)
  const counts = { all: total, unless_unbound: total - unbound, bound }
  const silent = settings.disabledAt
    ? 'disabled'
    : !settings.callbackUrl
      ? 'no_url'
      : settings.eventTypes.includes('send_message')
        ? null
        : 'not_subscribed'
  return { rule, silent, count: counts[rule], total }
}

/**
 * Changes bindings; without the operator's confirmation only if the rule stays the same. The first room bound by hand ends
 * the notifications of all other rooms, and releasing the last one starts them again.
 * @throws AppError ILLEGAL_ACTION with the numbers of rooms before and after, if the change needs confirmation
 */
export async function changeNotifiedRooms<Result>(
  tx: Tx,
  { robotId, isConfirmed }: { robotId: string; isConfirmed: boolean },
  change: () => Promise<Result>,
): Promise<Result> {
  const before = await countNotifiedRooms(tx, { robotId })
  const result = await change()
  const after = await countNotifiedRooms(tx, { robotId })
  if (isConfirmed || before.silent || after.silent || before.rule === after.rule) return result
  const params = { before: before.count, after: after.count, total: after.total }
  throw new AppError('ILLEGAL_ACTION', {
    reason: after.rule === 'bound' ? 'only_bound_rooms' : 'all_rooms_again',
    params,
  })
}
