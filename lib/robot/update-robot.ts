import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { robots } from '@/lib/db/schema/robot'
import { findAssistantConnector } from '@/lib/connector/find-connector'
import { requireCapability } from '@/lib/connection/capabilities'
import { AppError } from '@/lib/errors'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import type { RobotRow } from '@/lib/robot/robot-view'

type RobotChange = {
  robotId: string
  /** Maximum messages per minute; 0: no limit. */
  sendRatePerMinute?: number | undefined
  /** 0 to 50. */
  sendJitterPercent?: number | undefined
  /** null: none. The bindings follow at the next sync. */
  agentId?: string | null | undefined
  /** 群助手; its username must be unique among assistants (B3). */
  isAssistant?: boolean | undefined
  /** A nickname identifies a person to this assistant (B4). */
  acceptsNicknames?: boolean | undefined
  /** "": none. */
  welcomeText?: string | undefined
  /** Whether a handover also requests a person in WeCom (F4). */
  handsOverInService?: boolean | undefined
  /** The employee who is requested there; "": any from the queue. */
  servicerId?: string | undefined
}

/**
 * Changes the defined fields of a robot and returns it.
 * @throws ROBOT_NOT_FOUND if it does not exist, ILLEGAL_ACTION for a second assistant with the same username or a
 * connection that creates no rooms, and for a welcome text or a handover that the connection does not have.
 */
export async function updateRobot(tx: Db, options: RobotChange): Promise<RobotRow> {
  const { robotId, ...change } = options
  if (change.isAssistant) {
    await requireAbility(tx, robotId, 'makeRoom')
    await refuseSecondAssistant(tx, robotId)
  }
  if (change.welcomeText) await requireAbility(tx, robotId, 'welcome')
  if (change.handsOverInService || change.servicerId) await requireAbility(tx, robotId, 'handover')
  if (Object.values(change).some((value) => value !== undefined))
    await tx
      .update(robots)
      .set(change)
      .where(and(eq(robots.id, robotId), isNull(robots.deletedAt)))
  return getAnyRobotOrThrow(tx, { robotId })
}

async function requireAbility(tx: Db, robotId: string, ability: 'makeRoom' | 'welcome' | 'handover'): Promise<void> {
  requireCapability((await getAnyRobotOrThrow(tx, { robotId })).connection, ability)
}

async function refuseSecondAssistant(tx: Db, robotId: string): Promise<void> {
  const { username } = await getAnyRobotOrThrow(tx, { robotId })
  const [other] = await tx
    .select({ id: robots.id })
    .from(robots)
    .where(
      and(
        eq(robots.username, username),
        ne(robots.id, robotId),
        eq(robots.isAssistant, true),
        isNull(robots.deletedAt),
      ),
    )
  if (other ?? (await findAssistantConnector(tx, { name: username })))
    throw new AppError('ILLEGAL_ACTION', { reason: 'assistant_exists', params: { username } })
}

/** Marks a robot deleted: from the commit on it is not found, and its username is free again. Spec: A6 (robot). */
export async function markRobotDeleted(tx: Db, { robotId }: { robotId: string }): Promise<void> {
  await tx
    .update(robots)
    .set({ deletedAt: sql`clock_timestamp()` })
    .where(and(eq(robots.id, robotId), isNull(robots.deletedAt)))
}
