import { listAudit, type AuditEntry } from '@/lib/audit/list-audit'
import { listAuditKinds } from '@/lib/audit/list-audit-kinds'
import type { WebContext } from '@/lib/http/web-context'
import { listOperators } from '@/lib/operator/list-operators'

const pageSize = 50

/** Who did it: an operator by email, while there is one; else as the audit knows it. */
export type ActorView = { actor: string; email: string | null }
export type AuditView = Pick<AuditEntry, 'id' | 'action' | 'targetId' | 'detail' | 'peerAddress'> &
  ActorView & { at: string }
export type AuditKinds = { actors: ActorView[]; actions: string[] }

type Filter = { actor?: string | undefined; action?: string | undefined; beforeId?: number | undefined }

/** A page of the audit, newest first. */
export async function readAudit(ctx: WebContext, filter: Filter): Promise<AuditView[]> {
  const [entries, emailOf] = await Promise.all([listAudit(ctx.db, { ...filter, limit: pageSize }), readEmails(ctx)])
  return entries.map(({ at, ...entry }) => ({ ...entry, email: emailOf(entry.actor), at: at.toISOString() }))
}

/** What the audit can be filtered by. */
export async function readAuditKinds(ctx: WebContext): Promise<AuditKinds> {
  const [{ actors, actions }, emailOf] = await Promise.all([listAuditKinds(ctx.db), readEmails(ctx)])
  return { actors: actors.map((actor) => ({ actor, email: emailOf(actor) })), actions }
}

async function readEmails({ db }: WebContext): Promise<(actor: string) => string | null> {
  const emails = new Map((await listOperators(db)).map(({ id, email }) => [`operator:${id}`, email]))
  return (actor) => emails.get(actor) ?? null
}
