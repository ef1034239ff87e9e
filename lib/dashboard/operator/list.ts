import type { WebContext } from '@/lib/http/web-context'
import { listOperators, type OperatorView as Operator } from '@/lib/operator/list-operators'

export type OperatorView = Pick<Operator, 'id' | 'email' | 'role'> & {
  createdAt: string
  /** null: never signed in. */
  lastSignInAt: string | null
  /** null: not locked. */
  lockedUntil: string | null
}

/** Lists the operators, oldest first. */
export async function readOperators({ db }: WebContext): Promise<OperatorView[]> {
  return (await listOperators(db)).map(({ id, email, role, createdAt, lastSignInAt, lockedUntil }) => ({
    id,
    email,
    role,
    createdAt: createdAt.toISOString(),
    lastSignInAt: lastSignInAt?.toISOString() ?? null,
    lockedUntil: lockedUntil?.toISOString() ?? null,
  }))
}
