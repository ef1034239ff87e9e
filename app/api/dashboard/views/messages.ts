import type { WebContext } from '@/lib/http/web-context'
import { listLatestMessages } from '@/lib/message/list-latest-messages'
import { listMessages } from '@/lib/message/list-messages'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'

type Message = Awaited<ReturnType<typeof listMessages>>[number]
export type MessageView = Pick<
  Message,
  | 'id'
  | 'sequence'
  | 'robotId'
  | 'direction'
  | 'type'
  | 'state'
  | 'roomId'
  | 'roomName'
  | 'peerUsername'
  | 'senderName'
  | 'content'
  | 'errorCode'
  | 'errorMessage'
> & { imageUrl: string | null; fileUrl: string | null; createdAt: string; finishedAt: string | null }

const pageSize = 50

/** A robot's messages, newest first, a page at a time. @throws AppError ROBOT_NOT_FOUND. */
export async function readMessages(
  { db }: WebContext,
  input: { robotId: string; roomId?: string; beforeSequence?: number },
): Promise<MessageView[]> {
  await getAnyRobotOrThrow(db, { robotId: input.robotId })
  return (await listMessages(db, { ...input, limit: pageSize })).map(viewMessage)
}

/** The latest messages of all robots. */
export async function readLatestMessages({ db }: WebContext): Promise<MessageView[]> {
  return (await listLatestMessages(db, { limit: 8 })).map(viewMessage)
}

function viewMessage(message: Message): MessageView {
  const { id, sequence, robotId, direction, type, state, roomId, roomName, peerUsername, senderName, content } = message
  const { errorCode, errorMessage } = message
  const ownLink = (direction === 'in' && content.match(/\/v1\/media\/\w+$/)?.[0]) || null
  return {
    id,
    sequence,
    robotId,
    direction,
    type,
    state,
    roomId,
    roomName,
    peerUsername,
    senderName,
    content,
    errorCode,
    errorMessage,
    // A received picture is ours to show; the link of a sent one leads to a stranger's server, so it stays a link.
    imageUrl: type === 'image' ? ownLink : null,
    fileUrl: type === 'other' ? ownLink : null,
    createdAt: message.createdAt.toISOString(),
    finishedAt: message.finishedAt?.toISOString() ?? null,
  }
}
