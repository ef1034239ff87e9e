import type { z } from 'zod'
import type { WebContext } from '@/lib/http/web-context'
import { listRecentContacts, type RecentContact } from '@/lib/message/list-recent-contacts'
import { readReplyWindows } from '@/lib/message/reply-window'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import type { addressBookQuery } from '@/lib/dashboard/robot/contact-form'

export type ReplyWindowView = {
  hours: number
  count: number
  /** When it closes; null: the person has not written yet. */
  closesAt: string | null
  /** Messages that can still be sent. */
  leftCount: number
}

/** `replyWindow` null: the person can always be written to. */
type ContactView = RecentContact & { replyWindow: ReplyWindowView | null }

/** People on a page. A field that offers the people to write to has only the first page. */
const contactPageSize = 100

/**
 * Returns a page of the people that a robot can write to, each with its reply window.
 * @throws AppError ROBOT_NOT_FOUND, INVALID_PARAMETER. Spec: E5 (iLink).
 */
export async function readContacts(
  { db }: WebContext,
  robotId: string,
  { q: search, cursor }: z.output<typeof addressBookQuery>,
): Promise<{ rows: ContactView[]; nextCursor: string | null }> {
  const { connection } = await getAnyRobotOrThrow(db, { robotId })
  const page = await listRecentContacts(db, { robotId, connection, search, cursor, limit: contactPageSize })
  const peerUsernames = page.rows.map(({ id }) => id)
  const windows = await readReplyWindows(db, { robotId, connection, peerUsernames })
  const rows = page.rows.map((contact, index) => {
    const window = windows[index] ?? null
    return { ...contact, replyWindow: window && { ...window, closesAt: window.closesAt?.toISOString() ?? null } }
  })
  return { rows, nextCursor: page.nextCursor }
}
