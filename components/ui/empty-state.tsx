import type { ReactNode } from 'react'

/** Explains an empty list: what it is, why it is empty, and the next step. */
export function EmptyState({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-center rounded-lg border border-dashed border-field/50 bg-surface px-6 py-12 text-center">
      <h2 className="text-lg font-medium">{title}</h2>
      <p className="mt-1.5 max-w-md text-muted">{children}</p>
      {action && <div className="mt-5">{action}</div>}
    </div>
  )
}
