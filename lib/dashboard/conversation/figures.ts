import { z } from 'zod'
import { figureQuery } from '@/lib/dashboard/overview/figure-query'
import type { ViewContext } from '@/lib/dashboard/view-context'
import {
  type ConversationFigures,
  type ConversationPoint,
  readConversationFigures,
} from '@/lib/metrics/conversation-figures'

export type ConversationPointView = Omit<ConversationPoint, 'startsAt'> & { startsAt: string }
export type ConversationFiguresView = Pick<ConversationFigures, 'total'> & { points: ConversationPointView[] }

export const conversationFigureQuery = figureQuery.extend({ application: z.string().max(64).optional() })

/** Returns the figures of conversations in a time range, of one application or of all. */
export async function readConversationFiguresView(
  { db }: Pick<ViewContext, 'db'>,
  { application, ...options }: z.output<typeof conversationFigureQuery>,
): Promise<ConversationFiguresView> {
  const { points, total } = await readConversationFigures(db, { ...options, applicationId: application })
  return { points: points.map((point) => ({ ...point, startsAt: point.startsAt.toISOString() })), total }
}
