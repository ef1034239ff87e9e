'use client'

import clsx from 'clsx'
import { type StateOf, toneOf } from '@/components/state/states'
import { useStateText } from '@/components/state/use-state-text'

const ring = <circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" strokeWidth="1.4" />
const half = (path: string) => (
  <>
    {ring}
    <path d={path} fill="currentColor" />
  </>
)

const marks = {
  online: <circle cx="6" cy="6" r="5.5" fill="currentColor" />,
  starting: half('M6 1a5 5 0 0 0 0 10z'),
  waiting_scan: half('M6 1a5 5 0 0 0 0 10z'),
  waiting_code: half('M6 1a5 5 0 0 1 0 10z'),
  waiting_confirm: half('M6 1a5 5 0 0 1 0 10z'),
  reconnecting: (
    <path d="M10.5 6a4.5 4.5 0 1 1-1.3-3.2M10.5 0.8v2.8H7.7" fill="none" stroke="currentColor" strokeWidth="1.4" />
  ),
  offline: ring,
}

/** The status of a robot as icon (● ◐ ◑ ↻ ○) and word. Icons are drawn, because fonts render these glyphs at different sizes. */
export function StatusIcon({ status }: { status: StateOf<'robot'> }) {
  const stateText = useStateText()
  return (
    <span className={clsx('inline-flex items-center gap-1.5 whitespace-nowrap', textColors[toneOf('robot', status)])}>
      <svg viewBox="0 0 12 12" width="11" height="11" aria-hidden className="inline-block shrink-0">
        {marks[status]}
      </svg>
      {stateText('robot', status)}
    </span>
  )
}

const textColors = { ok: 'text-ok', warn: 'text-warn', bad: 'text-bad', muted: 'text-muted' }
