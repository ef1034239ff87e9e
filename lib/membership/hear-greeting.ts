import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Tx } from '../db/client'
import { contacts } from '../db/schema/contact'
import { quns } from '../db/schema/qun'
import { robots } from '../db/schema/robot'
import { containsWord } from '../qun/contains-word'
import { decodeCode, formsOfCode } from '../qun/decode-code'
import { getQunOrThrow } from '../qun/get-qun'
import { findJoinToken } from '../qun/join-token'
import { findJoinTokens } from '../qun/join-token-text'
import { askWithToken } from './ask-with-token'
import { claimQun } from './claim-qun'
import { type Contact, meetContact, type Person } from './meet-contact'

const mostWrongCodes = 5
const longestText = 500

export type Greeting = {
  robotId: string
  person: Person
  text: string
  /** WeChat's ticket, for a friend request; null for a message of somebody who is a contact. */
  friendTicket: string | null
}

/** What a greeting led to: quns whose owner arrived, and whether the robot now has something to do. */
export type Heard = { isWorkDue: boolean; claimedQunIds: string[] }

/**
 * Reads a friend request's greeting or a private message to an assistant: a join token opens its qun, a code shows its owner (B4, B7).
 * Anything else is nobody's business. A friend request without either waits for a person.
 */
export async function hearGreeting(tx: Tx, greeting: Greeting): Promise<Heard> {
  const { robotId, person, friendTicket } = greeting
  const heard: Heard = { isWorkDue: false, claimedQunIds: [] }
  const text = greeting.text.slice(0, longestText)
  const isAssistant = and(eq(robots.id, robotId), eq(robots.isAssistant, true))
  const [assistant] = await tx.select({ id: robots.id }).from(robots).where(isAssistant)
  if (!assistant || !person.username) return heard

  const joinable = await findJoinable(tx, robotId, text)
  for (const { qunId, joinTokenId } of joinable) {
    const { id: contactId } = await meetContact(tx, { robotId, person })
    if (await askWithToken(tx, { qunId, contactId, joinTokenId, friendTicket })) heard.isWorkDue = true
  }
  if (joinable.length > 0) return heard
  return hearCode(tx, { ...greeting, text }, heard)
}

async function findJoinable(tx: Tx, robotId: string, text: string) {
  const found: { qunId: string; joinTokenId: string }[] = []
  for (const token of findJoinTokens(text)) {
    const joinToken = await findJoinToken(tx, { token })
    if (!joinToken || joinToken.replacedAt || joinToken.isExpired || joinToken.isUsedUp) continue
    const qun = await getQunOrThrow(tx, { qunId: joinToken.qunId })
    // Who asks while the qun is pending, paused or full is let in when it opens; the page says so.
    if (qun.robotId === robotId && qun.status !== 'closed') found.push({ qunId: qun.id, joinTokenId: joinToken.id })
  }
  return found
}

async function hearCode(tx: Tx, { robotId, person, text, friendTicket }: Greeting, heard: Heard): Promise<Heard> {
  const awaited = await tx
    .select({ id: quns.id, code: quns.code })
    .from(quns)
    .where(and(eq(quns.robotId, robotId), eq(quns.state, 'pending'), isNull(quns.ownerId)))
  const named = awaited.filter(({ code }) => formsOfCode(code).some((form) => containsWord(text, form)))
  if (named.length === 0 && !looksLikeCode(text)) return heard
  const contact = await meetContact(tx, { robotId, person })
  if (contact.wrongCodeCount >= mostWrongCodes) return heard
  if (named.length === 0) {
    await countWrongCode(tx, contact)
    return heard
  }
  for (const { id: qunId } of named)
    if (await claimQun(tx, { qunId, contactId: contact.id, friendTicket })) heard.claimedQunIds.push(qunId)
  return { ...heard, isWorkDue: heard.claimedQunIds.length > 0 }
}

async function countWrongCode(tx: Tx, { id }: Contact): Promise<void> {
  await tx
    .update(contacts)
    .set({ wrongCodeCount: sql`${contacts.wrongCodeCount} + 1` })
    .where(eq(contacts.id, id))
}

/** A word that somebody may have guessed: base64 of printable text with a digit in it, or two parts with a bar as in the document. */
function looksLikeCode(text: string): boolean {
  const words = text.split(/[^A-Za-z0-9+/=_|-]+/).filter((word) => word.length >= 8)
  return words.some((word) => /^\w+\|\w+$/.test(word) || /\d/.test(decodeCode(word) ?? ''))
}
