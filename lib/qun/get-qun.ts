import { and, eq, or } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { quns } from '@/lib/db/schema/qun'
import { AppError } from '@/lib/errors'
import { parseQunNumber } from '@/lib/qun/qun-link'
import { type QunView, selectQunViews } from '@/lib/qun/qun-view'
import { isInScope, type RobotScope } from '@/lib/robot/robot-scope'

export async function getQunByNumber(db: Db, { number }: { number: string }): Promise<QunView | null> {
  const [qun] = await selectQunViews(db).where(eq(quns.number, number))
  return qun ?? null
}

/** @throws NOT_FOUND if there is no such qun. */
export async function getQunOrThrow(db: Db, { qunId }: { qunId: string }): Promise<QunView> {
  const [qun] = await selectQunViews(db).where(eq(quns.id, qunId))
  if (!qun) throw qunNotFound()
  return qun
}

/**
 * Finds a qun by its id, its number or its link. @throws NOT_FOUND if there is none, or its assistant is outside of `scope`; missing:
 * all applications. Spec: A4 (tenants).
 */
export async function findQunOrThrow(
  db: Db,
  { reference, scope }: { reference: string; scope?: RobotScope },
): Promise<QunView> {
  const tail = reference
    .trim()
    .replace(/[?#].*$/s, '')
    .replace(/^.*\//s, '')
  const isIt = or(eq(quns.number, parseQunNumber(tail) ?? tail), eq(quns.id, tail))
  const [qun] = await selectQunViews(db).where(and(isIt, scope && isInScope(scope)))
  if (!qun) throw qunNotFound()
  return qun
}

function qunNotFound(): AppError {
  return new AppError('NOT_FOUND', { reason: 'qun_not_found' })
}
