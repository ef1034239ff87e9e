import type { NamedThing } from '@/lib/audit/name-things'

const pages: { [kind: string]: ((thing: NamedThing) => string) | undefined } = {
  app: ({ id }) => `applications/${id}`,
  tok: ({ ownerId }) => `applications/${ownerId}/tokens`,
  rbt: ({ id }) => `robots/${id}/session`,
  room: ({ id, ownerId }) => `robots/${ownerId}/rooms?q=${id}`,
  msg: ({ ownerId }) => `robots/${ownerId}/messages`,
  qun: ({ id }) => `quns/${id}`,
  evt: ({ id }) => `callbacks/${id}`,
  rpl: ({ id }) => `callbacks?replay=${id}`,
  op: () => 'settings/operators',
}

/** The dashboard's page that shows a thing; null for what is gone or has none. */
export function pageOf(thing: NamedThing): string | null {
  const page = pages[thing.id.split('_')[0] ?? '']
  return page && !thing.isGone ? `/dashboard/${page(thing)}` : null
}
