'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import PanelLeft from 'lucide-react/icons/panel-left'
import { useTranslations } from 'use-intl'
import { persistChoice, usePersistedChoice } from '@/components/ui/use-persisted-choice'
import { WaitingCount } from '@/components/inbox/waiting-count'
import { destinations, isUnder } from '@/components/shell/destinations'

const widths = ['wide', 'narrow'] as const

/** The main navigation, wide or icons only; on a phone the bottom bar replaces it. */
export function Sidebar() {
  const t = useTranslations('nav')
  const pathname = usePathname()
  const isNarrow = usePersistedChoice('rail', widths) === 'narrow'
  return (
    <nav
      aria-label={t('main')}
      className={clsx(
        'sticky top-0 hidden h-dvh shrink-0 flex-col border-r border-subtle bg-surface md:flex',
        isNarrow ? 'w-[60px]' : 'w-[208px]',
      )}
    >
      <Link href="/dashboard" className="flex h-14 items-center gap-2.5 px-[18px] text-lg font-semibold">
        <span aria-hidden className="grid size-6 shrink-0 place-items-center rounded bg-accent text-sm text-on-accent">
          W
        </span>
        <span className={clsx(isNarrow && 'sr-only')}>wxbot</span>
      </Link>
      <div className="flex flex-1 flex-col gap-0.5 px-2.5 py-2">
        {destinations.map(({ key, href, Icon }) => {
          const isHere = isUnder(pathname, href)
          return (
            <Link
              key={key}
              href={href}
              aria-current={isHere ? 'page' : undefined}
              title={isNarrow ? t(key) : undefined}
              className={clsx(
                'relative flex min-h-control items-center gap-2.5 rounded px-2.5',
                isHere ? 'bg-accent-soft font-medium text-accent-ink' : 'text-muted hover:bg-hover hover:text-ink',
              )}
            >
              <Icon size={18} aria-hidden className="shrink-0" />
              <span className={clsx(isNarrow && 'sr-only')}>{t(key)}</span>
              {key === 'inbox' && <WaitingCount className={isNarrow ? 'absolute top-0.5 right-0.5' : 'ml-auto'} />}
            </Link>
          )
        })}
      </div>
      <button
        type="button"
        onClick={() => persistChoice('rail', isNarrow ? 'wide' : 'narrow')}
        aria-label={isNarrow ? t('expand') : t('collapse')}
        className="m-2.5 flex min-h-control items-center gap-2.5 rounded px-2.5 text-muted hover:bg-hover hover:text-ink"
      >
        <PanelLeft size={18} aria-hidden />
      </button>
    </nav>
  )
}
