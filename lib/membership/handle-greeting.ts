import { and, eq, isNull, or, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { contacts } from '@/lib/db/schema/contact'
import { quns } from '@/lib/db/schema/qun'
import { robots } from '@/lib/db/schema/robot'
import { containsWord } from '@/lib/qun/contains-word'
import { decodeGroupCode, groupCodeForms } from '@/lib/qun/group-code'
import { getQunOrThrow } from '@/lib/qun/get-qun'
import { findJoinToken } from '@/lib/qun/join-token'
import { findJoinTokens } from '@/lib/qun/join-token-text'
import { requestWithToken } from '@/lib/membership/request-with-token'
import { claimQun, isOwnedByNickname } from '@/lib/membership/claim-qun'
import { type Contact, upsertContact, type Person } from '@/lib/membership/upsert-contact'

/** Wrong group codes after which a contact's group codes are ignored. */
const maxWrongCodes = 5
/** UTF-16 code units of a greeting that are read. */
const maxTextLength = 500

export type Greeting = {
  robotId: string
  person: Person
  text: string
  /** WeChat's ticket of a friend request; null: a message from an existing contact. */
  friendTicket: string | null
}

/** The effect of a greeting: whether the robot now has a step to take, and the quns that got an owner. */
export type GreetingOutcome = { isWorkDue: boolean; claimedQunIds: string[] }

/**
 * Handles the greeting of a friend request, or a private message, to an assistant: a join token requests membership in its qun, a
 * group code identifies the owner of a pending qun (B4, B7). Other texts have no effect; a friend request without either is left to
 * the account's user.
 */
export async function handleGreeting(tx: Tx, greeting: Greeting): Promise<GreetingOutcome> {
  const { robotId, person, friendTicket } = greeting
  const outcome: GreetingOutcome = { isWorkDue: false, claimedQunIds: [] }
  const text = greeting.text.slice(0, maxTextLength)
  const isAssistant = and(eq(robots.id, robotId), eq(robots.isAssistant, true))
  const [assistant] = await tx.select({ id: robots.id }).from(robots).where(isAssistant)
  if (!assistant || !person.username) return outcome

  const joinable = await findJoinableQuns(tx, robotId, text)
  for (const { qunId, joinTokenId } of joinable) {
    const { id: contactId } = await upsertContact(tx, { robotId, person })
    const request = { qunId, contactId, joinTokenId, friendTicket, identifiedBy: 'join_token' } as const
    if (await requestWithToken(tx, request)) outcome.isWorkDue = true
  }
  if (joinable.length > 0) return outcome
  return handleGroupCode(tx, { ...greeting, text }, outcome)
}

async function findJoinableQuns(tx: Tx, robotId: string, text: string) {
  const joinable: { qunId: string; joinTokenId: string }[] = []
  for (const token of findJoinTokens(text)) {
    const joinToken = await findJoinToken(tx, { token })
    if (!joinToken || joinToken.replacedAt || joinToken.isExpired || joinToken.isUsedUp) continue
    const qun = await getQunOrThrow(tx, { qunId: joinToken.qunId })
    // A person who asks while the qun is pending, paused or full is added when it opens; the join page says so.
    if (qun.robotId === robotId && qun.status !== 'closed') joinable.push({ qunId: qun.id, joinTokenId: joinToken.id })
  }
  return joinable
}

async function handleGroupCode(
  tx: Tx,
  { robotId, person, text, friendTicket }: Greeting,
  outcome: GreetingOutcome,
): Promise<GreetingOutcome> {
  const ownerless = await tx
    .select({ id: quns.id, groupCode: quns.groupCode })
    .from(quns)
    .where(and(eq(quns.robotId, robotId), eq(quns.state, 'pending'), or(isNull(quns.ownerId), isOwnedByNickname)))
  const matching = ownerless.filter(({ groupCode }) =>
    groupCodeForms(groupCode).some((form) => containsWord(text, form)),
  )
  const rightCodes = matching.map(({ groupCode }) => groupCode)
  const wrongCount = countWrongCodes(text, rightCodes)
  if (matching.length === 0 && wrongCount === 0) return outcome
  const contact = await upsertContact(tx, { robotId, person })
  if (contact.wrongCodeCount >= maxWrongCodes) return outcome
  if (wrongCount > 0) await recordWrongCodes(tx, contact, wrongCount)
  // Each guess of a message counts.
  if (matching.length === 0 || contact.wrongCodeCount + wrongCount >= maxWrongCodes) return outcome
  for (const { id: qunId } of matching)
    if (await claimQun(tx, { qunId, contactId: contact.id, identifiedBy: 'code', friendTicket }))
      outcome.claimedQunIds.push(qunId)
  return { ...outcome, isWorkDue: outcome.claimedQunIds.length > 0 }
}

async function recordWrongCodes(tx: Tx, { id }: Contact, count: number): Promise<void> {
  await tx
    .update(contacts)
    .set({ wrongCodeCount: sql`${contacts.wrongCodeCount} + ${count}::int` })
    .where(eq(contacts.id, id))
}

/** Counts the words that may be guessed group codes: base64 of printable text that contains a digit, or two parts joined by `|`. */
function countWrongCodes(text: string, rightCodes: string[]): number {
  const rightForms = new Set(rightCodes.flatMap(groupCodeForms))
  const words = new Set(text.split(/[^A-Za-z0-9+/=_|-]+/).filter((word) => word.length >= 8))
  return [...words].filter((word) => {
    const groupCode = decodeGroupCode(word)
    // A right code may consist of several words.
    if (rightCodes.some((rightCode) => rightCode.includes(word))) return false
    if (rightForms.has(word.replace(/=+$/, '')) || (groupCode !== null && rightForms.has(groupCode))) return false
    return /^\w+\|\w+$/.test(word) || /\d/.test(groupCode ?? '')
  }).length
}
