import { and, eq, or, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { contacts } from '@/lib/db/schema/contact'
import { newId } from '@/lib/id'
import { newContactTag } from '@/lib/membership/contact-tag'

export type Contact = typeof contacts.$inferSelect
export type Person = {
  username: string
  nickname: string
  /** The raw wxid, if a friend request contained it. */
  wechatId?: string | null
}

/** Updates the contact with the current `@…` or the raw wxid, or inserts a new one. */
export async function upsertContact(
  tx: Tx,
  { robotId, person }: { robotId: string; person: Person },
): Promise<Contact> {
  const { username, nickname, wechatId = null } = person
  // Concurrent events about one person must not insert two contacts.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`contact ${robotId}`}))`)
  const isSame = or(eq(contacts.username, username), wechatId ? eq(contacts.wechatId, wechatId) : undefined)
  const [existing] = await tx
    .select()
    .from(contacts)
    .where(and(eq(contacts.robotId, robotId), isSame))
  const columns = { username, ...(nickname ? { nickname } : {}), ...(wechatId ? { wechatId } : {}) }
  const [contact] = existing
    ? await tx.update(contacts).set(columns).where(eq(contacts.id, existing.id)).returning()
    : await tx
        .insert(contacts)
        .values({ id: newId('contact'), robotId, tag: newContactTag(), nickname, username, wechatId })
        .returning()
  if (!contact) throw new Error('a contact has not been written')
  return contact
}
