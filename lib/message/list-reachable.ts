import { type ContactRow, listContacts } from '@/lib/address-book/list-contacts'
import { capabilitiesOf } from '@/lib/connection/capabilities'
import type { Db } from '@/lib/db/client'
import type { RobotConnection } from '@/lib/db/types'
import { listRecentContacts } from '@/lib/message/list-recent-contacts'

export type ReachableRow = ContactRow & { isOwner: boolean }

/**
 * Lists the people that a robot can write to: a page of its address book, or, in a connection without friends, of the people who
 * wrote to it. `search` is part of the name, or the complete id. @throws INVALID_PARAMETER if `cursor` is of no page.
 */
export async function listReachable(
  db: Db,
  {
    robotId,
    connection,
    search,
    cursor,
    limit,
  }: {
    robotId: string
    connection: RobotConnection
    search?: string | undefined
    cursor?: string | undefined
    limit: number
  },
): Promise<{ rows: ReachableRow[]; nextCursor: string | null }> {
  if (capabilitiesOf[connection].friendRequests) {
    const { rows, nextCursor } = await listContacts(db, { robotId, search: search || undefined, cursor, limit })
    return { rows: rows.map((row) => ({ ...row, isOwner: false })), nextCursor }
  }
  const { rows, nextCursor } = await listRecentContacts(db, { robotId, connection, search, cursor, limit })
  return {
    rows: rows.map(({ id, nickname, isOwner }) => ({ username: id, nickname, remark: '', isOwner })),
    nextCursor,
  }
}
