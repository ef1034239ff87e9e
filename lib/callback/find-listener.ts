import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Db } from '../db/client'
import { applications } from '../db/schema/application'
import { robots } from '../db/schema/robot'
import type { CallbackEventType } from '../db/types'

export type Listener = { applicationId: string; robot: typeof robots.$inferSelect; eventTypes: CallbackEventType[] }

/** Finds a robot's application, if it has an endpoint and wants to hear of one of `types`; null else. */
export async function findListener(
  tx: Db,
  { robotId, types }: { robotId: string; types: readonly CallbackEventType[] },
): Promise<Listener | null> {
  const [found] = await tx
    .select({ applicationId: applications.id, eventTypes: applications.eventTypes, robot: robots })
    .from(robots)
    .innerJoin(applications, eq(applications.id, robots.applicationId))
    .where(and(eq(robots.id, robotId), isNull(applications.disabledAt), isNotNull(applications.callbackUrl)))
  return found && types.some((type) => found.eventTypes.includes(type)) ? found : null
}
