import type { RobotView } from '@/app/api/dashboard/views/robots'

const ring = <circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" strokeWidth="1.4" />
const half = (path: string) => (
  <>
    {ring}
    <path d={path} fill="currentColor" />
  </>
)

const marks = {
  online: <circle cx="6" cy="6" r="5.5" fill="currentColor" />,
  waiting_scan: half('M6 1a5 5 0 0 0 0 10z'),
  waiting_confirm: half('M6 1a5 5 0 0 1 0 10z'),
  reconnecting: (
    <path d="M10.5 6a4.5 4.5 0 1 1-1.3-3.2M10.5 0.8v2.8H7.7" fill="none" stroke="currentColor" strokeWidth="1.4" />
  ),
  offline: ring,
}

/** A state's mark, ● ◐ ◑ ↻ ○, drawn, because fonts draw these at every size; the word beside it says the same. */
export function StateMark({ status }: { status: RobotView['status'] }) {
  return (
    <svg viewBox="0 0 12 12" width="11" height="11" aria-hidden className="inline-block shrink-0">
      {marks[status]}
    </svg>
  )
}
