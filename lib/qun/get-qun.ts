import { eq } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { quns } from '@/lib/db/schema/qun'
import { AppError } from '@/lib/errors'
import { parseQunNumber } from '@/lib/qun/qun-link'
import { type QunView, selectQunViews } from '@/lib/qun/qun-view'

export async function getQunByNumber(db: Db, { number }: { number: string }): Promise<QunView | null> {
  const [qun] = await selectQunViews(db).where(eq(quns.number, number))
  return qun ?? null
}

/** @throws NOT_FOUND if there is no such qun. */
export async function getQunOrThrow(db: Db, { qunId }: { qunId: string }): Promise<QunView> {
  const [qun] = await selectQunViews(db).where(eq(quns.id, qunId))
  if (!qun) throw new AppError('NOT_FOUND', { reason: 'qun_not_found' })
  return qun
}

/** Finds a qun by its id, its number or its link. @throws NOT_FOUND if there is none. */
export async function findQunOrThrow(db: Db, { reference }: { reference: string }): Promise<QunView> {
  const tail = reference
    .trim()
    .replace(/[?#].*$/s, '')
    .replace(/^.*\//s, '')
  const number = parseQunNumber(tail) ?? tail
  return (await getQunByNumber(db, { number })) ?? getQunOrThrow(db, { qunId: tail })
}
