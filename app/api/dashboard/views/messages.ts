import { z } from 'zod'
import type { WebContext } from '@/lib/http/web-context'
import { listMessagePage } from '@/lib/message/list-message-page'
import { listMessages } from '@/lib/message/list-messages'
import { listPlaces } from '@/lib/message/list-places'
import type { MessageRow } from '@/lib/message/select-messages'
import { showMessageOrThrow } from '@/lib/message/show-message'
import { type Paged, pageSize } from '@/lib/paging'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { listQuery, rowsOf } from '../list-query'
import { momentText } from '../moment-text'

export type MessageView = Omit<MessageRow, 'createdAt' | 'finishedAt' | 'deadlineAt'> & {
  imageUrl: string | null
  fileUrl: string | null
  /** Its place among those that wait, from 1; null = it does not. */
  place: number | null
  createdAt: string
  finishedAt: string | null
  deadlineAt: string | null
}

const states = ['queued', 'sending', 'sent', 'refused', 'unknown', 'cancelled', 'received', 'failed'] as const
const filters = {
  room: z.string().max(64).optional(),
  direction: z.enum(['in', 'out']).optional(),
  state: z.enum(states).optional(),
  since: momentText.optional(),
  until: momentText.optional(),
}

export const messageListQuery = listQuery({ ...filters, robot: z.string().max(64).optional() })
export const messageStreamQuery = listQuery({
  ...filters,
  /** The number that an older page begins under. */
  before: z.coerce.number('before 应为数字').int('before 应为整数').positive().optional(),
})

type Asked = Pick<z.output<typeof messageStreamQuery>, 'room' | 'q' | 'direction' | 'state' | 'since' | 'until'>

/** A robot's messages, newest first, a page at a time. @throws AppError ROBOT_NOT_FOUND. */
export async function readMessages(
  { db }: WebContext,
  robotId: string,
  asked: z.output<typeof messageStreamQuery>,
): Promise<MessageView[]> {
  await getAnyRobotOrThrow(db, { robotId })
  const page = { robotId, beforeSequence: asked.before, limit: pageSize }
  const rows = await listMessages(db, { ...filtersOf(asked), ...page })
  const messageIds = rows.filter(({ state }) => state === 'queued').map(({ id }) => id)
  const places = await listPlaces(db, { robotId, messageIds })
  return rows.map((row) => viewMessage(row, places.get(row.id)))
}

/** A page of the messages of all robots. */
export async function readMessagePage(
  { db }: WebContext,
  asked: z.output<typeof messageListQuery>,
): Promise<Paged<MessageView>> {
  const wanted = { ...filtersOf(asked), ...rowsOf(asked), robotId: asked.robot }
  const { rows, total } = await listMessagePage(db, wanted)
  return { rows: rows.map((row) => viewMessage(row)), total }
}

/** One message of a robot. @throws AppError ROBOT_NOT_FOUND, NOT_FOUND. */
export async function readMessage(
  { db }: WebContext,
  { robotId, messageId }: { robotId: string; messageId: string },
): Promise<MessageView> {
  await getAnyRobotOrThrow(db, { robotId })
  const row = await showMessageOrThrow(db, { robotId, messageId })
  const places = await listPlaces(db, { robotId, messageIds: [messageId] })
  return viewMessage(row, places.get(messageId))
}

function filtersOf({ room: roomId, q: search, direction, state, since, until }: Asked) {
  return { roomId, search, direction, state, since, until }
}

function viewMessage(message: MessageRow, place: number | null = null): MessageView {
  const { direction, type, content, createdAt, finishedAt, deadlineAt } = message
  const ownLink = (direction === 'in' && content.match(/\/v1\/media\/\w+$/)?.[0]) || null
  return {
    ...message,
    // A received picture is ours to show; the link of a sent one leads to a stranger's server, so it stays a link.
    imageUrl: type === 'image' ? ownLink : null,
    fileUrl: type === 'other' ? ownLink : null,
    place,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    deadlineAt: deadlineAt?.toISOString() ?? null,
  }
}
