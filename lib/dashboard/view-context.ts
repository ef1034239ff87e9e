import type { Operator } from '@/lib/auth/get-operator'
import { peerAddress } from '@/lib/http/peer-address'
import type { WebContext } from '@/lib/http/web-context'

/** A web context with the current operator, whose role decides what a view contains. */
export type ViewContext = WebContext & {
  operator: Operator
  /** The actor for audit entries. */
  who: { actor: string; peerAddress: string }
}

/** Adds the current operator to a web context. */
export function viewContext(ctx: WebContext, operator: Operator, request: { headers: Headers }): ViewContext {
  return { ...ctx, operator, who: { actor: `operator:${operator.id}`, peerAddress: peerAddress(request) } }
}
