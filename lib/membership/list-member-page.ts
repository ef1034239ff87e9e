import { and, asc, desc, eq, ilike, sql } from 'drizzle-orm'
import { containing } from '../db/containing'
import type { Db } from '../db/client'
import { readPage } from '../db/read-page'
import { contacts } from '../db/schema/contact'
import { memberships } from '../db/schema/membership'
import type { Page, Paged } from '../paging'

export type MemberState = (typeof memberships.$inferSelect)['state']
type Member = Pick<
  typeof memberships.$inferSelect,
  'id' | 'role' | 'state' | 'failure' | 'retryAt' | 'joinedAt' | 'changedAt'
> & { nickname: string }

const orders = { name: contacts.nickname, joined: memberships.joinedAt, changed: memberships.changedAt }

export type MemberSort = keyof typeof orders
export const memberSorts = Object.keys(orders) as MemberSort[]

type Wanted = Page & {
  qunId: string
  state?: MemberState | undefined
  /** Part of a nickname. */
  search?: string | undefined
  sort: { by: MemberSort; isDescending: boolean }
}

/** Lists a page of a qun's people with what stands in their way; who has not joined comes last by that time. */
export async function listMemberPage(db: Db, wanted: Wanted): Promise<Paged<Member>> {
  const { qunId, state, search, sort } = wanted
  const select = () =>
    db
      .select({
        id: memberships.id,
        nickname: contacts.nickname,
        role: memberships.role,
        state: memberships.state,
        failure: memberships.failure,
        retryAt: memberships.retryAt,
        joinedAt: memberships.joinedAt,
        changedAt: memberships.changedAt,
      })
      .from(memberships)
      .innerJoin(contacts, eq(contacts.id, memberships.contactId))
      .where(
        and(
          eq(memberships.qunId, qunId),
          state ? eq(memberships.state, state) : undefined,
          search ? ilike(contacts.nickname, containing(search)) : undefined,
        ),
      )
      .$dynamic()
  const direction = sort.isDescending ? desc : asc
  return readPage(db, select, {
    ...wanted,
    orderBy: [sql`${direction(orders[sort.by])} nulls last`, asc(memberships.id)],
  })
}
