'use client'

import { useQuery } from '@tanstack/react-query'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import Link from 'next/link'
import { useTranslations } from 'use-intl'
import { endpointsQuery } from '@/components/queries/endpoint-queries'

/** Tells on every page that an endpoint is paused: its events wait for somebody. */
export function EndpointBanner() {
  const t = useTranslations('endpoint')
  const { data: endpoints = [] } = useQuery(endpointsQuery())
  const paused = endpoints.filter(({ state }) => state === 'paused')
  const [first] = paused
  if (!first) return null
  return (
    <div
      aria-live="polite"
      className="mb-5 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg bg-bad-soft px-4 py-3"
    >
      <TriangleAlert size={16} aria-hidden className="shrink-0 text-bad" />
      <span className="min-w-0">{t('banner', { name: first.applicationName, count: paused.length })}</span>
      <Link href={`/dashboard/applications/${first.applicationId}`} className="font-medium underline">
        {t('look')}
      </Link>
    </div>
  )
}
