import { listTokenNames } from '@/lib/application/list-token-names'
import type { WebContext } from '@/lib/http/web-context'
import { listOperators } from '@/lib/operator/list-operators'
import type { ActorView } from './audit'

/** Who asked for something: an operator by email, a token by name, while there is one; else as the audit knows it. */
export type AskerView = ActorView & { tokenName: string | null }

/** Finds out how those who asked are called. */
export async function readAskers({ db }: WebContext, actors: (string | null)[]) {
  const tokenIds = actors.flatMap((actor) => actor?.match(/^token:(.*)/)?.[1] ?? [])
  const [operators, nameOf] = await Promise.all([listOperators(db), listTokenNames(db, { tokenIds })])
  const emailOf = new Map(operators.map(({ id, email }) => [`operator:${id}`, email]))
  return (actor: string | null): AskerView | null => {
    if (actor === null) return null
    return { actor, email: emailOf.get(actor) ?? null, tokenName: nameOf.get(actor.replace(/^token:/, '')) ?? null }
  }
}
