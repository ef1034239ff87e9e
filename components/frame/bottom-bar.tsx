'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { destinations, isUnder } from './destinations'

/** The rail of a phone. */
export function BottomBar() {
  const t = useTranslations('nav')
  const pathname = usePathname()
  return (
    <nav
      aria-label={t('main')}
      className="fixed inset-x-0 bottom-0 z-20 flex border-t border-subtle bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {destinations.map(({ key, href, Icon }) => {
        const isHere = isUnder(pathname, href)
        return (
          <Link
            key={key}
            href={href}
            aria-current={isHere ? 'page' : undefined}
            className={clsx(
              'flex min-h-14 flex-1 flex-col items-center justify-center gap-0.5 text-xs',
              isHere ? 'font-medium text-accent-ink' : 'text-muted',
            )}
          >
            <Icon size={20} aria-hidden />
            {t(key)}
          </Link>
        )
      })}
    </nav>
  )
}
