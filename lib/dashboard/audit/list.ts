import { z } from 'zod'
import { auditActions } from '@/lib/audit/audit-actions'
import { type AuditEntry, listActors, listAudit } from '@/lib/audit/list-audit'
import { type NamedTarget, resolveNames } from '@/lib/audit/resolve-names'
import { isChangedField } from '@/lib/audit/changed-field'
import type { WebContext } from '@/lib/http/web-context'
import type { Paged } from '@/lib/paging'
import { listQuery, rowsOf } from '@/lib/dashboard/list-query'
import { timestampSchema } from '@/lib/dashboard/timestamp'
import type { ViewContext } from '@/lib/dashboard/view-context'
import { maskFor } from '@/lib/auth/mask-secrets'

/** The actor of an audit entry. `email` is that of an operator, also of a removed one; null: not an operator. */
export type ActorView = { actor: string; email: string | null }

/** The name and the page of an entity that an entry refers to. `path` null: it is deleted or has no page. */
export type ThingView = { name: string; path: string | null }

export type AuditView = Pick<AuditEntry, 'action' | 'targetId' | 'detail' | 'peerAddress'> &
  ActorView & {
    id: string
    at: string
    /** By id: the target, the actor, and the entities that the detail refers to. */
    things: Record<string, ThingView>
  }

export const auditListQuery = listQuery({
  actor: z.string().min(1).max(64).optional(),
  action: z.enum(auditActions).optional(),
  since: timestampSchema.optional(),
  until: timestampSchema.optional(),
})

/** Returns a page of audit entries, newest first. */
export async function readAudit(
  { db, operator }: ViewContext,
  query: z.output<typeof auditListQuery>,
): Promise<Paged<AuditView>> {
  const { q: search, actor, action, since, until } = query
  const { rows, total } = await listAudit(db, { ...rowsOf(query), search, actor, action, since, until })
  const named = await resolveNames(db, { ids: [...new Set(rows.flatMap(idsOf))] })
  const thingOf = new Map(named.map((thing) => [thing.id, thing]))
  const entries = rows.map(({ id, at, ...entry }) => ({
    ...entry,
    detail: maskFor(operator, entry.detail),
    id: String(id),
    at: at.toISOString(),
    email: emailOf(entry.actor, thingOf),
    things: Object.fromEntries(idsOf({ ...entry }).flatMap((each) => viewThing(thingOf.get(each)))),
  }))
  return { rows: entries, total }
}

/** Lists the actors that the audit can be filtered by. */
export async function readActors({ db }: WebContext): Promise<ActorView[]> {
  const actors = await listActors(db)
  const named = await resolveNames(db, { ids: actors.map(idOfActor) })
  const thingOf = new Map(named.map((thing) => [thing.id, thing]))
  return actors.map((actor) => ({ actor, email: emailOf(actor, thingOf) }))
}

const idOfActor = (actor: string) => actor.slice(actor.indexOf(':') + 1)

function emailOf(actor: string, thingOf: Map<string, NamedTarget>): string | null {
  return thingOf.get(idOfActor(actor))?.name ?? null
}

function idsOf({ actor, targetId, detail }: Pick<AuditEntry, 'actor' | 'targetId' | 'detail'>): string[] {
  const values = Object.values(detail).flatMap((value) => (isChangedField(value) ? [value.from, value.to] : [value]))
  const texts = values.flat().filter((value) => typeof value === 'string')
  return [targetId, idOfActor(actor), ...texts.filter((text) => /^[a-z]{2,4}_\w{22}$/.test(text))]
}

function viewThing(thing: NamedTarget | undefined): [string, ThingView][] {
  return thing ? [[thing.id, { name: thing.name, path: presentPage(thing) }]] : []
}

const pages: { [kind: string]: ((thing: NamedTarget) => string) | undefined } = {
  app: ({ id }) => `applications/${id}`,
  tok: ({ ownerId }) => `applications/${ownerId}/tokens`,
  rbt: ({ id }) => `robots/${id}/session`,
  room: ({ id, ownerId }) => `robots/${ownerId}/rooms?q=${id}`,
  msg: ({ ownerId }) => `robots/${ownerId}/messages`,
  qun: ({ id }) => `quns/${id}`,
  evt: ({ id }) => `callbacks/${id}`,
  rpl: ({ id }) => `callbacks?replay=${id}`,
  op: () => 'settings/operators',
  alc: ({ id }) => `settings/alerts/${id}`,
  rul: ({ ownerId }) => `applications/${ownerId}/replies`,
  art: ({ ownerId }) => `applications/${ownerId}/replies`,
  qrp: ({ ownerId }) => `applications/${ownerId}/replies`,
  cnv: ({ id }) => `inbox?c=${id}`,
  cnr: ({ id }) => `settings/connectors/${id}`,
}

/** Returns the path of the dashboard page that shows an entity; null: it is deleted or has no page. */
function presentPage(thing: NamedTarget): string | null {
  const page = pages[thing.id.split('_')[0] ?? '']
  return page && !thing.isGone ? `/dashboard/${page(thing)}` : null
}
