import type { ReactNode } from 'react'

/** The title of a page, one sentence, and its primary action on the right. */
export function PageHeader({ title, children, action }: { title: ReactNode; children: ReactNode; action?: ReactNode }) {
  return (
    <header className="mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-72">
        <h1 className="text-xl font-semibold wrap-anywhere">{title}</h1>
        <div className="mt-1 text-muted">{children}</div>
      </div>
      {action && <div className="flex flex-wrap gap-2">{action}</div>}
    </header>
  )
}
