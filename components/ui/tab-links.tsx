'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'

type Props = { label: string; tabs: Array<{ href: string; text: string }> }

/** Tabs with their own URLs. */
export function TabLinks({ label, tabs }: Props) {
  const pathname = usePathname()
  // A page below a tab belongs to it; if two tabs match, the longer path wins.
  const matches = tabs.filter(({ href }) => `${pathname}/`.startsWith(`${href}/`))
  const current = matches.toSorted((a, b) => b.href.length - a.href.length)[0]?.href
  return (
    <nav aria-label={label} className="mb-6 flex gap-1 overflow-x-auto border-b border-subtle">
      {tabs.map(({ href, text }) => {
        const isHere = href === current
        return (
          <Link
            key={href}
            href={href}
            aria-current={isHere ? 'page' : undefined}
            className={clsx(
              '-mb-px border-b-2 px-3 py-2 whitespace-nowrap',
              isHere ? 'border-accent font-medium' : 'border-transparent text-muted hover:text-ink',
            )}
          >
            {text}
          </Link>
        )
      })}
    </nav>
  )
}
