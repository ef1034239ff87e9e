import clsx from 'clsx'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { RelativeTime } from '@/components/ui/relative-time'

type Props = {
  href: string
  name: string
  /** Lost already, or about to be. */
  tone: 'bad' | 'warn'
  since?: string | null
  remedy?: ReactNode
  children: ReactNode
}

/** One thing that waits for a person: its name leads to it, what is the matter and since when, and the remedy at the right. */
export function HandItem({ href, name, tone, since, remedy, children }: Props) {
  return (
    <li className="flex items-center gap-3 border-t border-subtle py-1.5 first:border-0">
      <span aria-hidden className={clsx('size-2 shrink-0 rounded-full', tone === 'bad' ? 'bg-bad' : 'bg-warn')} />
      <div className="min-w-0 flex-1 sm:flex sm:items-baseline sm:gap-3">
        <Link href={href} className="block max-w-64 truncate font-medium hover:underline">
          {name}
        </Link>
        <div className="min-w-0 flex-1 text-sm text-muted">
          <span className={tone === 'bad' ? 'text-bad' : 'text-warn'}>{children}</span>
          {since && (
            <>
              {' · '}
              <RelativeTime at={since} />
            </>
          )}
        </div>
      </div>
      {remedy && <div className="shrink-0 sm:[&>*]:min-h-8 sm:[&>*]:text-sm">{remedy}</div>}
    </li>
  )
}
