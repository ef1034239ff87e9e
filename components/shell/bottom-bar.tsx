'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { WaitingCount } from '@/components/inbox/waiting-count'
import { destinations, isUnder } from '@/components/shell/destinations'

/** The main navigation on a phone. */
export function BottomBar() {
  const t = useTranslations('nav')
  const pathname = usePathname()
  return (
    <nav
      aria-label={t('main')}
      className="fixed inset-x-0 bottom-0 z-20 flex overflow-x-auto border-t border-subtle bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {destinations.map(({ key, href, Icon }) => {
        const isHere = isUnder(pathname, href)
        return (
          <Link
            key={key}
            href={href}
            aria-current={isHere ? 'page' : undefined}
            className={clsx(
              'relative flex min-h-14 min-w-12 flex-1 flex-col items-center justify-center gap-0.5 text-center text-[11px] leading-tight',
              isHere ? 'font-medium text-accent-ink' : 'text-muted',
            )}
          >
            <Icon size={20} aria-hidden />
            {t(`short.${key}`)}
            {key === 'inbox' && <WaitingCount className="absolute top-1 left-1/2 ml-1" />}
          </Link>
        )
      })}
    </nav>
  )
}
