import clsx from 'clsx'
import { useId, type ReactNode } from 'react'

type Props = { title?: ReactNode; hint?: ReactNode; action?: ReactNode; className?: string; children: ReactNode }

/** A section of a page with a heading. */
export function Card({ title, hint, action, className, children }: Props) {
  const id = useId()
  return (
    <section
      aria-labelledby={title ? id : undefined}
      className={clsx('min-w-0 rounded-lg border border-subtle bg-surface p-5 shadow-card', className)}
    >
      {title && (
        <div className="mb-4 flex flex-wrap items-start justify-between gap-3">
          <div className="min-w-0 flex-1 basis-60">
            <h2 id={id} className="text-lg font-medium">
              {title}
            </h2>
            {hint && <p className="mt-0.5 text-sm text-muted">{hint}</p>}
          </div>
          {action}
        </div>
      )}
      {children}
    </section>
  )
}
