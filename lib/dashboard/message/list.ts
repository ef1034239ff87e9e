import { z } from 'zod'
import type { WebContext } from '@/lib/http/web-context'
import { type Failure, readFailure } from '@/lib/i18n/read-sentence'
import { listMessagePage, listMessages, type MessageRow } from '@/lib/message/list-messages'
import { listQueuePositions } from '@/lib/message/send-queue'
import { type Paged, pageSize } from '@/lib/paging'
import { getAnyRobotOrThrow } from '@/lib/robot/get-robot'
import { listQuery, rowsOf } from '@/lib/dashboard/list-query'
import { timestampSchema } from '@/lib/dashboard/timestamp'

type Hidden = 'createdAt' | 'finishedAt' | 'deadlineAt' | 'errorMessage' | 'errorReason' | 'errorParams'

export type MessageView = Omit<MessageRow, Hidden> & {
  /** The reason for which it was not sent. */
  failure: Failure
  imageUrl: string | null
  /** null: the file has no name. */
  fileName: string | null
  fileUrl: string | null
  /** Position in the send queue, from 1; null: not queued. */
  position: number | null
  createdAt: string
  finishedAt: string | null
  deadlineAt: string | null
}

const states = ['queued', 'sending', 'sent', 'refused', 'unknown', 'cancelled', 'received', 'failed'] as const

const filters = {
  room: z.string().max(64).optional(),
  direction: z.enum(['in', 'out']).optional(),
  state: z.enum(states).optional(),
  since: timestampSchema.optional(),
  until: timestampSchema.optional(),
}

export const messageListQuery = listQuery({ ...filters, robot: z.string().max(64).optional() })

export const messageStreamQuery = listQuery({
  ...filters,
  /** Returns only messages with a lower sequence: the next older page. */
  before: z.coerce.number().int().positive().optional(),
})

type StreamFilters = Pick<z.output<typeof messageStreamQuery>, 'room' | 'q' | 'direction' | 'state' | 'since' | 'until'>

/** Returns a page of a robot's messages, newest first. @throws AppError ROBOT_NOT_FOUND. */
export async function readMessages(
  { db }: WebContext,
  robotId: string,
  query: z.output<typeof messageStreamQuery>,
): Promise<MessageView[]> {
  await getAnyRobotOrThrow(db, { robotId })
  const page = { robotId, beforeSequence: query.before, limit: pageSize }
  const rows = await listMessages(db, { ...filtersOf(query), ...page })
  const messageIds = rows.filter(({ state }) => state === 'queued').map(({ id }) => id)
  const positions = await listQueuePositions(db, { robotId, messageIds })
  return rows.map((row) => viewMessage(row, positions.get(row.id)))
}

/** Returns a page of the messages of all robots. */
export async function readMessagePage(
  { db }: WebContext,
  query: z.output<typeof messageListQuery>,
): Promise<Paged<MessageView>> {
  const page = { ...filtersOf(query), ...rowsOf(query), robotId: query.robot }
  const { rows, total } = await listMessagePage(db, page)
  return { rows: rows.map((row) => viewMessage(row)), total }
}

function filtersOf({ room: roomId, q: search, direction, state, since, until }: StreamFilters) {
  return { roomId, search, direction, state, since, until }
}

export function viewMessage(
  { errorMessage, errorReason, errorParams, ...message }: MessageRow,
  position: number | null = null,
): MessageView {
  const { direction, type, content, createdAt, finishedAt, deadlineAt } = message
  const [ownLink = null, name] =
    (direction === 'in' && /\/v1\/media\/\w+(?:\?name=([\w%.!~*'()-]+))?$/.exec(content)) || []
  return {
    ...message,
    failure: readFailure({ text: errorMessage, reason: errorReason, params: errorParams }),
    // A received image is stored here. A sent one is on an external server, so the page shows only its link.
    imageUrl: type === 'image' ? ownLink : null,
    fileUrl: type === 'other' ? ownLink : null,
    fileName: type === 'other' && name ? decodeName(name) : null,
    position,
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    deadlineAt: deadlineAt?.toISOString() ?? null,
  }
}

function decodeName(encoded: string): string | null {
  try {
    return decodeURIComponent(encoded)
  } catch {
    return null
  }
}
