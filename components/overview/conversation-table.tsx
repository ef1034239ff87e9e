'use client'

import { useTranslations } from 'use-intl'
import { conversationColumns } from '@/components/overview/conversation-series'
import { PointsTable } from '@/components/overview/points-table'
import type { ConversationPointView } from '@/lib/dashboard/conversation/figures'
import type { MetricRange } from '@/lib/metrics/range'

/** The figures of conversations as a table; empty time spans are omitted. */
export function ConversationTable({ points, range }: { points: ConversationPointView[]; range: MetricRange }) {
  const t = useTranslations('figures.conversations')
  const columns = conversationColumns.map((column) => ({ ...column, title: t(column.key) }))
  const busy = points.filter((point) => conversationColumns.some(({ key }) => point[key]))
  return <PointsTable heading={t('heading')} columns={columns} points={busy} range={range} />
}
