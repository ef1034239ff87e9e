import { and, desc, eq, gt, inArray, sql } from 'drizzle-orm'
import type { Db } from '../db/client'
import { contacts } from '../db/schema/contact'
import { memberships } from '../db/schema/membership'

export type QunNews = { name: string; state: 'known' | 'invited' | 'joined' }

/** Who got on lately, the latest first, for a page that anybody may see: of each name only the first character. */
export async function listNews(db: Db, { qunId }: { qunId: string }): Promise<QunNews[]> {
  const rows = await db
    .select({ nickname: contacts.nickname, state: memberships.state })
    .from(memberships)
    .innerJoin(contacts, eq(contacts.id, memberships.contactId))
    .where(
      and(
        eq(memberships.qunId, qunId),
        eq(memberships.role, 'member'),
        inArray(memberships.state, ['known', 'invited', 'joined']),
        gt(memberships.changedAt, sql`clock_timestamp() - interval '10 minutes'`),
      ),
    )
    .orderBy(desc(memberships.changedAt))
    .limit(3)
  return rows.map(({ nickname, state }) => ({ name: maskName(nickname), state: state as QunNews['state'] }))
}

/** 黑旋风 → 黑＊＊; a name of one character is not told at all. */
export function maskName(name: string): string {
  const [first = '', ...rest] = [...name.trim()]
  return rest.length > 0 ? `${first}${'＊'.repeat(Math.min(2, rest.length))}` : '＊'
}
