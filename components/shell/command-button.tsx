'use client'

import Search from 'lucide-react/icons/search'
import { useSyncExternalStore } from 'react'
import { useTranslations } from 'use-intl'
import { openPanel } from '@/components/shell/panel'

const never = () => () => {}
const isApple = () => /mac|iphone|ipad/i.test(navigator.userAgent)

/** Opens the command menu, and shows its keyboard shortcut. */
export function CommandButton() {
  const t = useTranslations('command')
  const hasCommandKey = useSyncExternalStore(never, isApple, () => false)
  return (
    <button
      type="button"
      aria-label={t('open')}
      aria-keyshortcuts="Control+K Meta+K"
      aria-haspopup="dialog"
      onClick={() => openPanel('commands')}
      className="inline-flex min-h-control min-w-control items-center justify-center gap-2 rounded text-muted hover:bg-hover hover:text-ink lg:w-60 lg:justify-start lg:border lg:border-field/60 lg:bg-surface lg:px-2.5"
    >
      <Search size={16} aria-hidden className="shrink-0" />
      <span aria-hidden className="flex-1 truncate text-left max-lg:hidden">
        {t('open')}
      </span>
      <kbd aria-hidden className="font-sans text-xs max-lg:hidden">
        {hasCommandKey ? '⌘ K' : 'Ctrl K'}
      </kbd>
    </button>
  )
}
