import { and, asc, eq, ilike, inArray, isNull, or } from 'drizzle-orm'
import { z } from 'zod'
import { getApplicationOrThrow } from '@/lib/application/get-application'
import { likePattern } from '@/lib/db/like-pattern'
import { robots } from '@/lib/db/schema/robot'
import { rooms } from '@/lib/db/schema/room'
import type { WebContext } from '@/lib/http/web-context'
import type { Db } from '@/lib/db/client'
import { searchQuns } from '@/lib/qun/search-quns'

/** Choices that a list shows; the search finds the others. */
const maxChoices = 50
/** Chosen ones whose names are looked up. */
const maxChosen = 200

export const choicesQuery = z.object({
  of: z.enum(['robot', 'room', 'qun']),
  /** Part of a name. */
  q: z.string().trim().max(100).optional(),
  /** Ids that are chosen, separated by commas. */
  chosen: z
    .string()
    .max(maxChosen * 32)
    .optional(),
})

export type Choice = { id: string; name: string; hint: string }

/**
 * Returns robots, or rooms or merchant groups of robots, of an application that can be chosen, and those that are chosen. `isMore`: the search finds more.
 * @throws NOT_FOUND
 */
export async function readChoices(
  { db }: WebContext,
  applicationId: string,
  { of: kind, q, chosen = '' }: z.output<typeof choicesQuery>,
): Promise<{ choices: Choice[]; chosen: Choice[]; isMore: boolean }> {
  await getApplicationOrThrow(db, { applicationId })
  const isOwn = and(eq(robots.applicationId, applicationId), isNull(robots.deletedAt))
  const pattern = likePattern(q ?? '')
  const ids = chosen.split(',').filter(Boolean).slice(0, maxChosen)
  const robotName = ({ nickname, username }: { nickname: string; username: string }) => nickname || username
  const { id, nickname, username } = robots
  const readRobots = async (isMeant: ReturnType<typeof and>, limit: number) => {
    const columns = { id, nickname, username }
    const rows = await db.select(columns).from(robots).where(and(isOwn, isMeant)).orderBy(nickname, id).limit(limit)
    return rows.map((row) => ({ id: row.id, name: robotName(row), hint: row.username }))
  }
  const readRooms = async (isMeant: ReturnType<typeof and>, limit: number) => {
    const rows = await db
      .select({ id: rooms.id, name: rooms.name, nickname, username })
      .from(rooms)
      .innerJoin(robots, eq(id, rooms.robotId))
      .where(and(isOwn, isMeant))
      .orderBy(asc(rooms.name), asc(rooms.id))
      .limit(limit)
    return rows.map((row) => ({ id: row.id, name: row.name, hint: robotName(row) }))
  }
  if (kind === 'qun') return readQuns(db, { applicationId, q, ids })
  const choices = await (kind === 'robot'
    ? readRobots(q ? or(ilike(nickname, pattern), ilike(username, pattern)) : undefined, maxChoices + 1)
    : readRooms(and(isNull(rooms.goneAt), q ? ilike(rooms.name, pattern) : undefined), maxChoices + 1))
  const known =
    ids.length === 0
      ? []
      : await (kind === 'robot'
          ? readRobots(inArray(id, ids), maxChosen)
          : readRooms(inArray(rooms.id, ids), maxChosen))
  return { choices: choices.slice(0, maxChoices), chosen: known, isMore: choices.length > maxChoices }
}

async function readQuns(
  db: Db,
  { applicationId, q, ids }: { applicationId: string; q: string | undefined; ids: string[] },
): Promise<{ choices: Choice[]; chosen: Choice[]; isMore: boolean }> {
  const find = async (where: { search?: string; ids?: string[] }, limit: number) =>
    (await searchQuns(db, { applicationId, ...where, limit })).map(({ id, name, number }) => ({
      id,
      name,
      hint: number,
    }))
  const choices = await find(q ? { search: q } : {}, maxChoices + 1)
  const chosen = ids.length === 0 ? [] : await find({ ids }, maxChosen)
  return { choices: choices.slice(0, maxChoices), chosen, isMore: choices.length > maxChoices }
}
