'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useReach } from './use-reach'

const retryMs = 2000

/** Says quietly that the server does not answer while it does not, and has everything read again when it does. */
export function ConnectionLine() {
  const t = useTranslations('common')
  const { isLost, regain } = useReach()
  useQuery({
    queryKey: ['reach'],
    queryFn: async () => {
      const { ok } = await fetch('/healthz', { cache: 'no-store' })
      if (ok) regain()
      return ok
    },
    enabled: isLost,
    refetchInterval: retryMs,
    retry: false,
    networkMode: 'always',
    gcTime: 0,
  })
  return (
    <output className="pointer-events-none fixed inset-x-0 bottom-20 z-30 flex justify-center px-4 md:bottom-5">
      {isLost && (
        <span className="animate-appear flex items-center gap-2 rounded-full border border-subtle bg-surface px-4 py-2 text-sm shadow-raised">
          <span aria-hidden className="animate-pulse-soft size-2 rounded-full bg-warn" />
          {t('unreachable')}
        </span>
      )}
    </output>
  )
}
