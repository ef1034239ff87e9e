'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'

type Props = { label: string; tabs: Array<{ href: string; text: string }> }

/** Tabs with their own URLs. */
export function TabLinks({ label, tabs }: Props) {
  const pathname = usePathname()
  // A page below a tab belongs to it; if two tabs match, the longer path wins.
  const matches = tabs.filter(({ href }) => `${pathname}/`.startsWith(`${href}/`))
  const current = matches.toSorted((a, b) => b.href.length - a.href.length)[0]?.href
  const bar = useRef<HTMLElement>(null)
  // On a phone the tabs are wider than the screen.
  useEffect(() => {
    const tab = bar.current?.querySelector<HTMLElement>(`[href="${current}"]`)
    if (bar.current && tab) bar.current.scrollLeft = tab.offsetLeft - (bar.current.clientWidth - tab.offsetWidth) / 2
  }, [current])
  return (
    <nav
      ref={bar}
      aria-label={label}
      className="relative mb-6 flex gap-1 overflow-x-auto [scrollbar-width:none] max-sm:gap-0 border-b border-subtle"
    >
      {tabs.map(({ href, text }) => {
        const isHere = href === current
        return (
          <Link
            key={href}
            href={href}
            aria-current={isHere ? 'page' : undefined}
            className={clsx(
              '-mb-px flex min-h-control items-center border-b-2 px-3 whitespace-nowrap max-sm:px-2.5',
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
