import { distance } from 'fastest-levenshtein'
import { listApplicationNames } from '@/lib/application/list-applications'
import type { Db } from '@/lib/db/client'
import { listRobots } from '@/lib/robot/list-robots'

type Named = { id: string; name: string }

/** Maximum edit distance between the input and a suggestion, as a share of the length. */
const maxDistance = 0.4

/** Throws an error that suggests the most similar application if the id is unknown. */
export async function requireApplication(db: Db, applicationId: string): Promise<void> {
  const [application] = await listApplicationNames(db, { ids: [applicationId] })
  if (application) return
  throw unknownIdError('application', applicationId, await listApplicationNames(db))
}

/** Throws an error that suggests the most similar robot if the id is unknown. */
export async function requireRobot(db: Db, robotId: string): Promise<void> {
  const robots = (await listRobots(db)).map(({ id, username: name }) => ({ id, name }))
  if (!robots.some(({ id }) => id === robotId)) throw unknownIdError('robot', robotId, robots)
}

function unknownIdError(noun: string, typed: string, known: readonly Named[]): Error {
  const [best] = known
    .map((candidate) => ({
      candidate,
      share: Math.min(...[candidate.id, candidate.name].map((text) => relativeDistance(typed, text))),
    }))
    .filter(({ share }) => share <= maxDistance)
    .toSorted((a, b) => a.share - b.share)
  const hint = best
    ? `Did you mean ${best.candidate.id} (${best.candidate.name})?`
    : `See them with: npm run -s cli -- ${noun} list`
  return new Error(`Unknown ${noun} ${JSON.stringify(typed)}. ${hint}`)
}

function relativeDistance(typed: string, text: string): number {
  return distance(typed.toLowerCase(), text.toLowerCase()) / Math.max(typed.length, text.length)
}
