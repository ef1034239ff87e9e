import type { ReactNode } from 'react'

/** A page's title, one sentence, and its primary action at the right. */
export function PageHeader({ title, children, action }: { title: ReactNode; children: ReactNode; action?: ReactNode }) {
  return (
    <header className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="text-xl font-semibold break-words">{title}</h1>
        <div className="mt-1 text-muted">{children}</div>
      </div>
      {action && <div className="flex shrink-0 gap-2">{action}</div>}
    </header>
  )
}
