import { listTokenNames } from '@/lib/application/list-tokens'
import type { WebContext } from '@/lib/http/web-context'
import { listOperators } from '@/lib/operator/list-operators'
import type { ActorView } from '@/lib/dashboard/audit/list'

/** The requester of a command or change. `email`, `tokenName` null: not an operator or a token, or deleted. */
export type RequesterView = ActorView & { tokenName: string | null }

/** Resolves the names of actors; returns a function that presents one of them. */
export async function readRequesters({ db }: WebContext, actors: (string | null)[]) {
  const tokenIds = actors.flatMap((actor) => actor?.match(/^token:(.*)/)?.[1] ?? [])
  const [operators, nameOf] = await Promise.all([listOperators(db), listTokenNames(db, { tokenIds })])
  const emailOf = new Map(operators.map(({ id, email }) => [`operator:${id}`, email]))
  return (actor: string | null): RequesterView | null => {
    if (actor === null) return null
    return { actor, email: emailOf.get(actor) ?? null, tokenName: nameOf.get(actor.replace(/^token:/, '')) ?? null }
  }
}
