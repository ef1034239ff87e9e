import { and, eq, inArray, notInArray, sql } from 'drizzle-orm'
import type { Tx } from '@/lib/db/client'
import { conversations, knownPeople } from '@/lib/db/schema/conversation'
import { lockRobot } from '@/lib/robot/send-pace'
import { continueConversation } from '@/lib/conversation/continue-conversation'

type ListedPerson = { username: string; nickname: string; remark: string }

/**
 * Gives the conversations of earlier logins the current ids of their people, whose ids change with each login: those whose remark, or
 * nickname if they have none, one person had in the earlier address book and one has in this complete one. An ambiguous match is not guessed: that
 * person continues in a new conversation.
 */
export async function reidentifyPeople(
  tx: Tx,
  { robotId, listed }: { robotId: string; listed: readonly ListedPerson[] },
): Promise<void> {
  // As a send does, which locks a conversation later: the other order could deadlock with it.
  const { wechatUin } = await lockRobot(tx, { robotId })
  const current = new Map(listed.map((person) => [person.username, identityOf(wechatUin, person)]))
  const usernames = [...current.keys()]
  const seen = groupByIdentity(current)
  const known = groupByIdentity(await listEarlier(tx, { robotId, usernames }))
  const settled: string[] = []
  const ambiguous: string[] = []
  for (const [identity, from] of known) {
    const to = seen.get(identity) ?? []
    if (to.length > 1 || from.length > 1) ambiguous.push(...from)
    else if (to.length === 1) {
      await continueConversation(tx, { robotId, from: from[0]!, to: to[0]! })
      settled.push(from[0]!)
    }
  }
  const isEarlier = (of: string[]) => and(eq(knownPeople.robotId, robotId), inArray(knownPeople.username, ['', ...of]))
  await tx.delete(knownPeople).where(isEarlier(settled))
  // Once one of them is gone, the name would identify the other.
  await tx.update(knownPeople).set({ identity: null }).where(isEarlier(ambiguous))
  const identities = usernames.map((username) => {
    const identity = current.get(username) ?? null
    return identity !== null && seen.get(identity)?.length === 1 ? identity : null
  })
  await replaceKnown(tx, { robotId, usernames, identities })
}

/** Stores who wrote to the robot, unless its address book lists them: the next login finds the conversation of a new friend by it. */
export async function rememberPerson(
  tx: Tx,
  { robotId, username, nickname }: { robotId: string; username: string; nickname: string },
): Promise<void> {
  const name = nickname.trim()
  if (name === '') return
  await tx.execute(sql`
    insert into known_people (robot_id, username, identity)
      select id, ${username}, wechat_uin || ' nickname ' || ${name}::text from robots where id = ${robotId}
      on conflict do nothing`)
}

/** Only the account sets remarks, so that a remark alone counts where there is one. null: the person has no name. */
function identityOf(wechatUin: string | null, { nickname, remark }: Omit<ListedPerson, 'username'>): string | null {
  const [kind, name] = remark.trim() === '' ? ['nickname', nickname.trim()] : ['remark', remark.trim()]
  return wechatUin === null || name === '' ? null : `${wechatUin} ${kind} ${name}`
}

/** Returns who has each identity. */
function groupByIdentity(people: Iterable<readonly [string, string | null]>): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const [username, identity] of people)
    if (identity !== null) groups.set(identity, [...(groups.get(identity) ?? []), username])
  return groups
}

/** Lists the people of earlier logins with what identifies them. */
async function listEarlier(
  tx: Tx,
  { robotId, usernames }: { robotId: string; usernames: string[] },
): Promise<[string, string | null][]> {
  const rows = await tx
    .select({ username: knownPeople.username, identity: knownPeople.identity })
    .from(knownPeople)
    .where(and(eq(knownPeople.robotId, robotId), notInArray(knownPeople.username, ['', ...usernames])))
  return rows.map(({ username, identity }) => [username, identity])
}

/** Stores the people of this address book, and forgets those of earlier ones without a conversation. */
async function replaceKnown(
  tx: Tx,
  { robotId, usernames, identities }: { robotId: string; usernames: string[]; identities: (string | null)[] },
): Promise<void> {
  const peers = tx
    .select({ username: sql<string>`${conversations.peerUsername}` })
    .from(conversations)
    .where(and(eq(conversations.robotId, robotId), sql`${conversations.roomId} is null`))
  await tx
    .delete(knownPeople)
    .where(
      and(
        eq(knownPeople.robotId, robotId),
        notInArray(knownPeople.username, ['', ...usernames]),
        notInArray(knownPeople.username, peers),
      ),
    )
  await tx.execute(sql`
    insert into known_people (robot_id, username, identity)
      select ${robotId}, * from unnest(${sql.param(usernames)}::text[], ${sql.param(identities)}::text[])
      on conflict (robot_id, username) do update set identity = excluded.identity
        where known_people.identity is distinct from excluded.identity`)
}
