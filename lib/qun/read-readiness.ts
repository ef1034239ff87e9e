import type { Db } from '@/lib/db/client'
import { countCompanions } from '@/lib/robot/get-assistant'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'

/** What an assistant needs before it can make a room. */
export type Readiness = { isOnline: boolean; starterCount: number; foundStarterCount: number }

/** Returns the readiness of an assistant; a deleted one, whose groups stay, is offline. */
export async function readReadiness(db: Db, { robotId }: { robotId: string }): Promise<Readiness> {
  const [robot, counts] = await Promise.all([
    getAnyRobotOrThrow(db, { robotId }).catch(() => null),
    countCompanions(db, [robotId]),
  ])
  const { companionCount = 0, foundCount = 0 } = counts.get(robotId) ?? {}
  return { isOnline: robot?.status === 'online', starterCount: companionCount, foundStarterCount: foundCount }
}
