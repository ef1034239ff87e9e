'use client'

import dynamic from 'next/dynamic'

/** Where a chart is going to be. */
export function ChartSkeleton() {
  return <div className="animate-pulse-soft h-full rounded bg-sunken" />
}

/** A chart, read after its page: the charting library is as heavy as all the rest of it. */
export const LazyChart = dynamic(() => import('./series-chart'), { ssr: false, loading: ChartSkeleton })
