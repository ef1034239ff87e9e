'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'

type Props = { label: string; tabs: Array<{ href: string; text: string }> }

/** Pages of one thing side by side, each with its own address. */
export function TabLinks({ label, tabs }: Props) {
  const pathname = usePathname()
  return (
    <nav aria-label={label} className="mb-6 flex gap-1 overflow-x-auto border-b border-subtle">
      {tabs.map(({ href, text }) => {
        const isHere = pathname === href
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
