import type { WebContext } from '@/lib/http/web-context'
import { listOperators, type OperatorRole } from '@/lib/operator/list-operators'

export type OperatorView = { id: string; email: string; role: OperatorRole; createdAt: string }

/** The people of the dashboard, first come first. */
export async function readOperators({ db }: WebContext): Promise<OperatorView[]> {
  return (await listOperators(db)).map((operator) => ({ ...operator, createdAt: operator.createdAt.toISOString() }))
}
