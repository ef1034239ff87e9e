import clsx from 'clsx'
import type { ReactNode } from 'react'

export type Tone = 'ok' | 'warn' | 'bad' | 'muted'

const tones: Record<Tone, string> = {
  ok: 'bg-accent-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  muted: 'bg-sunken text-muted',
}

/** A state as a word; the colour repeats its meaning. */
export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={clsx('inline-block rounded px-1.5 py-0.5 text-xs whitespace-nowrap', tones[tone])}>
      {children}
    </span>
  )
}
