import { eq } from 'drizzle-orm'
import type { Db } from '@/lib/db/client'
import { contacts } from '@/lib/db/schema/contact'
import { robots } from '@/lib/db/schema/robot'
import { parseRemark } from '@/lib/membership/contact-tag'
import type { ListedContact } from '@/lib/membership/recognize-contacts'

export type NameMatch =
  | { outcome: 'one'; contact: ListedContact; identifiedBy: 'remark' | 'nickname' }
  | { outcome: 'none' }
  | { outcome: 'several' }

/** What identifies a person by name to one assistant. */
export type NameRules = {
  /** A nickname, which any person can choose, identifies a person. */
  acceptsNicknames: boolean
  /** By tag: the name that the robot copied from the nickname into the remark; null: a person wrote the remark. */
  copiedNames: ReadonlyMap<string, string | null>
}

export async function loadNameRules(db: Db, { robotId }: { robotId: string }): Promise<NameRules> {
  const isRobot = eq(robots.id, robotId)
  const [robot] = await db.select({ acceptsNicknames: robots.acceptsNicknames }).from(robots).where(isRobot)
  const { tag, copiedName } = contacts
  const known = await db.select({ tag, copiedName }).from(contacts).where(eq(contacts.robotId, robotId))
  const copiedNames = new Map(known.map((contact) => [contact.tag, contact.copiedName]))
  return { acceptsNicknames: robot?.acceptsNicknames ?? false, copiedNames }
}

/**
 * Finds the only contact with this remark, without our tag, or this nickname; a remark takes precedence.
 * Spec: B4 (POST /wxbot/qun), B6 (POST /wxbot/qun/membership).
 */
export function findByName(listed: readonly ListedContact[], name: string, rules: NameRules): NameMatch {
  const normalized = normalizeName(name)
  const byRemark = listed.filter(({ remark }) => normalizeName(ownRemark(remark, rules)) === normalized)
  const byNickname = rules.acceptsNicknames
    ? listed.filter(({ nickname }) => normalizeName(nickname) === normalized)
    : []
  const identifiedBy = byRemark.length > 0 ? 'remark' : 'nickname'
  const [contact, ...others] = byRemark.length > 0 ? byRemark : byNickname
  if (!contact) return { outcome: 'none' }
  return others.length === 0 ? { outcome: 'one', contact, identifiedBy } : { outcome: 'several' }
}

/**
 * Returns the part of a remark that a person wrote. A name that the robot copied is the nickname at that time: after a rename it must
 * not keep identifying the contact, because a remark takes precedence.
 */
function ownRemark(remark: string, { copiedNames }: NameRules): string {
  const { name, tag } = parseRemark(remark)
  const copied = tag === null ? undefined : copiedNames.get(tag)
  if (copied === undefined) return remark
  return copied !== null && lettersOf(copied) === lettersOf(name) ? '' : name
}

/** Returns a name as it is compared with another. */
export function normalizeName(name: string): string {
  return name.trim().normalize('NFC')
}

/** Strips characters that WeChat may return in another form than they were written: emoji, whitespace, punctuation. */
export function lettersOf(name: string): string {
  return name.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '')
}
