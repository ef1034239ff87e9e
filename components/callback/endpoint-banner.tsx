'use client'

import { useQuery } from '@tanstack/react-query'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import Link from 'next/link'
import { useFormatter, useTranslations } from 'use-intl'
import { endpointsQuery } from '@/components/queries/endpoint-queries'

/** Maximum applications that are named; the others are counted. */
const maxNames = 3

/** Warns on every page about paused endpoints, because their events wait for an operator. */
export function EndpointBanner() {
  const t = useTranslations('endpoint')
  const format = useFormatter()
  const { data: endpoints = [] } = useQuery(endpointsQuery())
  const paused = endpoints.filter(({ state }) => state === 'paused')
  if (paused.length === 0) return null
  const names = paused.slice(0, maxNames).map(({ id, applicationName, endpointName }) => (
    <Link key={id} href={`/dashboard/callbacks/endpoints/${id}`} className="font-medium underline underline-offset-3">
      {[applicationName, endpointName].filter(Boolean).join(' · ')}
    </Link>
  ))
  const others = paused.length - names.length
  return (
    <div aria-live="polite" className="mb-5 flex items-start gap-3 rounded-lg bg-bad-soft px-4 py-3">
      <TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-bad" />
      <p className="min-w-0 wrap-anywhere">
        {t.rich('banner', {
          names: () =>
            format.list([
              ...names,
              ...(others > 0
                ? [
                    <Link key="others" href="/dashboard/callbacks/endpoints?state=paused" className="underline">
                      {t('others', { count: others })}
                    </Link>,
                  ]
                : []),
            ]),
        })}
      </p>
    </div>
  )
}
