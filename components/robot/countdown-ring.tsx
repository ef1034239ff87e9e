'use client'

import { useTranslations } from 'use-intl'
import { useNow } from '@/components/ui/use-now'

const attemptMs = 5 * 60 * 1000
const radius = 15
const length = 2 * Math.PI * radius

/** The remaining time to scan, as a ring and as minutes:seconds. */
export function CountdownRing({ expiresAt }: { expiresAt: string }) {
  const t = useTranslations('qr')
  // The server's clock may be slightly ahead of the viewer's.
  const leftMs = Math.min(attemptMs, Math.max(0, new Date(expiresAt).getTime() - useNow()))
  const seconds = Math.ceil(leftMs / 1000)
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  return (
    <span role="timer" aria-label={t('left', { time: text })} className="relative grid size-10 place-items-center">
      <svg viewBox="0 0 36 36" aria-hidden className="absolute inset-0 -rotate-90">
        <circle cx="18" cy="18" r={radius} fill="none" stroke="var(--border-subtle)" strokeWidth="2.5" />
        <circle
          cx="18"
          cy="18"
          r={radius}
          fill="none"
          stroke="var(--accent)"
          strokeWidth="2.5"
          strokeLinecap="round"
          strokeDasharray={length}
          strokeDashoffset={length * (1 - leftMs / attemptMs)}
        />
      </svg>
      <span aria-hidden className="text-xs tabular-nums">
        {text}
      </span>
    </span>
  )
}
