import ArrowLeft from 'lucide-react/icons/arrow-left'
import Link from 'next/link'
import type { ReactNode } from 'react'

/** The way from a page up to its list. */
export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="link flex min-h-control w-fit items-center gap-1.5">
      <ArrowLeft size={15} aria-hidden className="shrink-0" />
      <span className="min-w-0">{children}</span>
    </Link>
  )
}
