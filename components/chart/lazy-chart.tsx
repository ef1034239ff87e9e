'use client'

import dynamic from 'next/dynamic'
import { loadPart } from '@/components/ui/load-part'

/** The placeholder of a chart. */
export function ChartSkeleton() {
  return <div className="animate-pulse-soft h-full rounded bg-skeleton" />
}

/** Loads a chart after its page, because the charting library is as heavy as the rest of the page. */
export const LazyChart = dynamic(
  () => loadPart(() => import('@/components/chart/series-chart').then((file) => file.default)),
  {
    ssr: false,
    loading: ChartSkeleton,
  },
)
