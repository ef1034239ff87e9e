import { eq } from 'drizzle-orm'
import type { Db } from '../db/client'
import { quns } from '../db/schema/qun'
import { AppError } from '../errors'
import { readQunNumber } from './qun-number'
import { type QunView, selectQunViews } from './qun-view'

/** The qun behind a link; null for a number nobody was given. */
export async function getQunByNumber(db: Db, { number }: { number: string }): Promise<QunView | null> {
  const [qun] = await selectQunViews(db).where(eq(quns.number, number))
  return qun ?? null
}

/** @throws NOT_FOUND when there is no such qun. */
export async function getQunOrThrow(db: Db, { qunId }: { qunId: string }): Promise<QunView> {
  const [qun] = await selectQunViews(db).where(eq(quns.id, qunId))
  if (!qun) throw new AppError('NOT_FOUND', '群不存在')
  return qun
}

/** The qun that an operator names by its id, its number or its link. @throws NOT_FOUND when there is none. */
export async function findQunOrThrow(db: Db, { named }: { named: string }): Promise<QunView> {
  const tail = named
    .trim()
    .replace(/[?#].*$/s, '')
    .replace(/^.*\//s, '')
  const number = readQunNumber(tail) ?? tail
  return (await getQunByNumber(db, { number })) ?? getQunOrThrow(db, { qunId: tail })
}
