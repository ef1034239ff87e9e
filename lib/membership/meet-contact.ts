import { and, eq, or, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { contacts } from '../db/schema/contact'
import { newId } from '../id'
import { newContactTag } from './contact-tag'

export type Contact = typeof contacts.$inferSelect
export type Person = {
  /** The current `@…`. */
  username: string
  nickname: string
  /** The raw wxid, where a friend request told it. */
  wechatId?: string | null
}

/** Finds the person a robot has to do with, by the `@…` of this login or the raw wxid, or notes somebody new. */
export async function meetContact(tx: Tx, { robotId, person }: { robotId: string; person: Person }): Promise<Contact> {
  const { username, nickname, wechatId = null } = person
  // Two events about one stranger must not make two of them.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`contact ${robotId}`}))`)
  const isKnown = or(eq(contacts.username, username), wechatId ? eq(contacts.wechatId, wechatId) : undefined)
  const [known] = await tx
    .select()
    .from(contacts)
    .where(and(eq(contacts.robotId, robotId), isKnown))
  const now = { username, ...(nickname ? { nickname } : {}), ...(wechatId ? { wechatId } : {}) }
  const [contact] = known
    ? await tx.update(contacts).set(now).where(eq(contacts.id, known.id)).returning()
    : await tx
        .insert(contacts)
        .values({ id: newId('contact'), robotId, tag: newContactTag(), nickname, username, wechatId })
        .returning()
  if (!contact) throw new Error('a contact has not been written')
  return contact
}
