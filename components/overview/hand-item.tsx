import Link from 'next/link'
import type { ReactNode } from 'react'

type Props = { href: string; name: string; remedy: ReactNode; children: ReactNode }

/** One thing that waits for a person: its name leads to it, what is the matter, and the remedy at the right. */
export function HandItem({ href, name, remedy, children }: Props) {
  return (
    <li className="flex items-center justify-between gap-4 border-t border-subtle py-2.5 first:border-0 first:pt-0 last:pb-0">
      <div className="min-w-0">
        <Link href={href} className="block truncate font-medium hover:underline">
          {name}
        </Link>
        <div className="text-sm">{children}</div>
      </div>
      {remedy && <div className="shrink-0">{remedy}</div>}
    </li>
  )
}
