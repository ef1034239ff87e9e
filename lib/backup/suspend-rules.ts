import type { Client } from 'pg'

type Rule = { suspend: string; resume: string }

/**
 * Removes foreign keys and triggers until the returned function puts them back as they were, in the same transaction. Tables can
 * then be filled in any order, and rows arrive as they were written; foreign keys are checked when they return.
 */
export async function suspendRules(client: Client): Promise<() => Promise<void>> {
  const { rows: foreignKeys } = await client.query<Rule>(`
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as suspend,
        format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as resume
      from pg_constraint where connamespace = 'public'::regnamespace and contype = 'f'`)
  const { rows: triggers } = await client.query<Rule>(`
    select format('alter table %s disable trigger %I', tgrelid::regclass, tgname) as suspend,
        format('alter table %s enable %s trigger %I', tgrelid::regclass,
          case tgenabled when 'A' then 'always' when 'R' then 'replica' else '' end, tgname) as resume
      from pg_trigger t join pg_class c on c.oid = t.tgrelid
      where c.relnamespace = 'public'::regnamespace and not tgisinternal and tgenabled <> 'D'`)
  const rules = [...foreignKeys, ...triggers]
  for (const { suspend } of rules) await client.query(suspend)
  return async () => {
    for (const { resume } of rules) await client.query(resume)
  }
}
