import type { WebContext } from '@/lib/http/web-context'
import { listRecentContacts, type RecentContact } from '@/lib/message/list-recent-contacts'
import { readReplyWindow } from '@/lib/message/reply-window'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'

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

/** Returns the people that a robot can write to, each with its reply window. @throws AppError ROBOT_NOT_FOUND. Spec: E5 (iLink). */
export async function readContacts({ db }: WebContext, robotId: string): Promise<ContactView[]> {
  const { connection } = await getAnyRobotOrThrow(db, { robotId })
  const contacts = await listRecentContacts(db, { robotId, connection })
  return Promise.all(
    contacts.map(async (contact) => {
      const window = await readReplyWindow(db, { robotId, connection, peerUsername: contact.id })
      const replyWindow = window && { ...window, closesAt: window.closesAt?.toISOString() ?? null }
      return { ...contact, replyWindow }
    }),
  )
}
