import { z } from 'zod'
import { auditActions } from '@/lib/audit/audit-actions'
import { listActors } from '@/lib/audit/list-actors'
import { listAudit, type AuditEntry } from '@/lib/audit/list-audit'
import { type NamedThing, nameThings } from '@/lib/audit/name-things'
import type { WebContext } from '@/lib/http/web-context'
import type { Paged } from '@/lib/paging'
import { listQuery, rowsOf } from '../list-query'
import { momentText } from '../moment-text'
import { pageOf } from './page-of'

/** Who did it: an operator by email, though removed since; else as the audit knows it. */
export type ActorView = { actor: string; email: string | null }

/** What an entry names by its id: how it is called, and the page it is seen on; null = it has none, or none any more. */
export type ThingView = { name: string; path: string | null }

export type AuditView = Pick<AuditEntry, 'action' | 'targetId' | 'detail' | 'peerAddress'> &
  ActorView & {
    id: string
    at: string
    /** By id: the target, whoever did it, and what the detail names. */
    things: Record<string, ThingView>
  }

export const auditListQuery = listQuery({
  actor: z.string().min(1).max(64).optional(),
  action: z.enum(auditActions, '没有这种操作').optional(),
  since: momentText.optional(),
  until: momentText.optional(),
})

/** A page of the audit, newest first. */
export async function readAudit({ db }: WebContext, asked: z.output<typeof auditListQuery>): Promise<Paged<AuditView>> {
  const { q: search, actor, action, since, until } = asked
  const { rows, total } = await listAudit(db, { ...rowsOf(asked), search, actor, action, since, until })
  const named = await nameThings(db, { ids: [...new Set(rows.flatMap(idsOf))] })
  const thingOf = new Map(named.map((thing) => [thing.id, thing]))
  const entries = rows.map(({ id, at, ...entry }) => ({
    ...entry,
    id: String(id),
    at: at.toISOString(),
    email: emailOf(entry.actor, thingOf),
    things: Object.fromEntries(idsOf({ ...entry }).flatMap((each) => viewThing(thingOf.get(each)))),
  }))
  return { rows: entries, total }
}

/** Whom the audit can be filtered by. */
export async function readActors({ db }: WebContext): Promise<ActorView[]> {
  const actors = await listActors(db)
  const named = await nameThings(db, { ids: actors.map(idOfActor) })
  const thingOf = new Map(named.map((thing) => [thing.id, thing]))
  return actors.map((actor) => ({ actor, email: emailOf(actor, thingOf) }))
}

const idOfActor = (actor: string) => actor.slice(actor.indexOf(':') + 1)

function emailOf(actor: string, thingOf: Map<string, NamedThing>): string | null {
  return thingOf.get(idOfActor(actor))?.name ?? null
}

function idsOf({ actor, targetId, detail }: Pick<AuditEntry, 'actor' | 'targetId' | 'detail'>): string[] {
  const texts = Object.values(detail).filter((value) => typeof value === 'string')
  return [targetId, idOfActor(actor), ...texts.filter((text) => /^[a-z]{2,4}_\w{22}$/.test(text))]
}

function viewThing(thing: NamedThing | undefined): [string, ThingView][] {
  return thing ? [[thing.id, { name: thing.name, path: pageOf(thing) }]] : []
}
