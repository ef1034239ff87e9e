'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useServerStatus } from '@/components/shell/use-server-status'

const retryMs = 2000

/** Shows that the server is unreachable, and refetches everything when it is back. */
export function ConnectionBanner() {
  const t = useTranslations('common')
  const { isLost, markOnline } = useServerStatus()
  useQuery({
    queryKey: ['reach'],
    queryFn: async () => {
      const { ok } = await fetch('/healthz', { cache: 'no-store' })
      if (ok) markOnline()
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
