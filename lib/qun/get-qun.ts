import { eq } from 'drizzle-orm'
import type { Db } from '../db/client'
import { quns } from '../db/schema/qun'
import { AppError } from '../errors'
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
