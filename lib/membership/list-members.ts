import { and, asc, desc, eq, gt, ilike, inArray, type SQL, sql } from 'drizzle-orm'
import { likePattern } from '@/lib/db/like-pattern'
import type { Db } from '@/lib/db/client'
import { readPage } from '@/lib/db/read-page'
import { contacts } from '@/lib/db/schema/contact'
import { memberships } from '@/lib/db/schema/membership'
import type { Page, Paged } from '@/lib/paging'

export type MemberState = (typeof memberships.$inferSelect)['state']
/** A membership with the nickname of its person and the last failure. */
export type Member = Awaited<ReturnType<typeof selectMembers>>[number]

const orders = { name: contacts.nickname, joined: memberships.joinedAt, changed: memberships.changedAt }

export type MemberSort = keyof typeof orders
export const memberSorts = Object.keys(orders) as MemberSort[]

export type MemberFilters = {
  qunId: string
  state?: MemberState | undefined
  /** Part of the nickname. */
  search?: string | undefined
}

/** Selects memberships. */
export function selectMembers(db: Db) {
  return db
    .select({
      id: memberships.id,
      nickname: contacts.nickname,
      role: memberships.role,
      identifiedBy: memberships.identifiedBy,
      state: memberships.state,
      failure: memberships.failure,
      failureReason: memberships.failureReason,
      failureParams: memberships.failureParams,
      retryAt: memberships.retryAt,
      joinedAt: memberships.joinedAt,
      changedAt: memberships.changedAt,
    })
    .from(memberships)
    .innerJoin(contacts, eq(contacts.id, memberships.contactId))
    .$dynamic()
}

export function matchesMember({ qunId, state, search }: MemberFilters): SQL | undefined {
  return and(
    eq(memberships.qunId, qunId),
    state ? eq(memberships.state, state) : undefined,
    search ? ilike(contacts.nickname, likePattern(search)) : undefined,
  )
}

/** Lists a page of a qun's memberships; sorted by joining time, those who have not joined come last. */
export async function listMemberPage(
  db: Db,
  filters: MemberFilters & Page & { sort: { by: MemberSort; isDescending: boolean } },
): Promise<Paged<Member>> {
  const { sort } = filters
  const direction = sort.isDescending ? desc : asc
  return readPage(db, () => selectMembers(db).where(matchesMember(filters)), {
    ...filters,
    orderBy: [sql`${direction(orders[sort.by])} nulls last`, asc(memberships.id)],
  })
}

export type RecentJoin = { name: string; state: 'known' | 'invited' | 'joined' }

/** Lists the last three changes of the past ten minutes, latest first, for a public page: each name is masked after its first character. */
export async function listRecentJoins(db: Db, { qunId }: { qunId: string }): Promise<RecentJoin[]> {
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
  return rows.map(({ nickname, state }) => ({ name: maskName(nickname), state: state as RecentJoin['state'] }))
}

/** Masks a name: 黑旋风 → 黑＊＊; a name of one character is masked completely. */
function maskName(name: string): string {
  const [first = '', ...rest] = [...name.trim()]
  return rest.length > 0 ? `${first}${'＊'.repeat(Math.min(2, rest.length))}` : '＊'
}
