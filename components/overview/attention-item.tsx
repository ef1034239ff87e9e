import clsx from 'clsx'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { RelativeTime } from '@/components/ui/relative-time'
import type { SeenAttention } from '@/lib/attention/dismissals'
import { DismissButton } from '@/components/overview/dismiss-button'

type Props = {
  href: string
  name: string
  /** Severity: already lost, or about to be. */
  tone: 'bad' | 'warn'
  since?: string | null
  action?: ReactNode
  /** Identifies the item for dismissal; without it the item disappears only when resolved. */
  dismissal?: SeenAttention
  children: ReactNode
}

/** One item that needs attention: name with link, problem, since when, and the action on the right. */
export function AttentionItem({ href, name, tone, since, action, dismissal, children }: Props) {
  return (
    <li className="flex items-center gap-x-3 gap-y-1 border-t max-sm:flex-wrap border-subtle py-1.5 first:border-0">
      <span aria-hidden className={clsx('size-2 shrink-0 rounded-full', tone === 'bad' ? 'bg-bad' : 'bg-warn')} />
      <div className="min-w-0 flex-1 max-sm:basis-52 sm:flex sm:items-baseline sm:gap-3">
        <Link href={href} className="block font-medium wrap-anywhere hover:underline sm:max-w-64 sm:truncate">
          {name}
        </Link>
        <div className="min-w-0 flex-1 text-sm text-muted">
          {children}
          {since && (
            <>
              {' · '}
              <RelativeTime at={since} />
            </>
          )}
        </div>
      </div>
      {action && <div className="ml-auto shrink-0 sm:[&>*]:min-h-8 sm:[&>*]:text-sm">{action}</div>}
      {dismissal && <DismissButton dismissal={dismissal} name={name} />}
    </li>
  )
}
