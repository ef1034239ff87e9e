import { listConversationMessages } from '@/lib/conversation/list-conversation-messages'
import type { Db } from '@/lib/db/client'
import { AppError } from '@/lib/errors'
import { listMessages, type MessageRow } from '@/lib/message/list-messages'
import { findRoom } from '@/lib/room/find-room'

type Query = {
  robotId: string
  /** Any id of a room, also of one that is gone, or the id of a person; undefined: all messages of the robot. */
  toUser?: string | undefined
  beforeSequence?: number | undefined
  limit: number
}

/**
 * Lists a robot's messages with a room or a person, newest first; `nextCursor` is null on the last page.
 * @throws TARGET_NOT_FOUND if it is neither a room nor a person with messages.
 */
export async function listMessagesWith(
  db: Db,
  { robotId, toUser, beforeSequence, limit }: Query,
): Promise<{ rows: MessageRow[]; nextCursor: number | null }> {
  const page = { beforeSequence, limit: limit + 1 }
  const peer = toUser === undefined ? null : await findPeer(db, { robotId, toUser })
  const rows = peer ? await listConversationMessages(db, peer, page) : await listMessages(db, { robotId, ...page })
  if (peer?.peerUsername && rows.length === 0 && beforeSequence === undefined)
    throw new AppError('TARGET_NOT_FOUND', { reason: 'target_not_found', parameter: 'to_user' })
  const listed = rows.slice(0, limit)
  return { rows: listed, nextCursor: rows.length > limit ? (listed.at(-1)?.sequence ?? null) : null }
}

async function findPeer(db: Db, { robotId, toUser }: { robotId: string; toUser: string }) {
  const room = await findRoom(db, { robotId, room: toUser })
  return { robotId, roomId: room?.id ?? null, peerUsername: room ? null : toUser }
}
