'use client'

import Bot from 'lucide-react/icons/bot'
import AppWindow from 'lucide-react/icons/app-window'
import BookOpen from 'lucide-react/icons/book-open'
import Clock from 'lucide-react/icons/clock'
import Keyboard from 'lucide-react/icons/keyboard'
import Languages from 'lucide-react/icons/languages'
import LogOut from 'lucide-react/icons/log-out'
import Settings from 'lucide-react/icons/settings'
import SunMoon from 'lucide-react/icons/sun-moon'
import { useTheme } from 'next-themes'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'use-intl'
import { timeLooks } from '@/components/ui/relative-time'
import { keep, useKept } from '@/components/ui/use-kept'
import { locales } from '@/lib/i18n/locale'
import { destinations } from './destinations'
import { leave } from './leave'
import { openPanel } from './panel'
import { useCanChange } from './role-context'
import { themes } from './theme-menu'
import { useLocaleChoice } from './use-locale-choice'

export type Command = { id: string; text: string; Icon: typeof Bot; keys?: string[]; run: () => void }

const settingsTabs = ['operators', 'audit', 'system'] as const

/** Where one can go and what one can do from anywhere, as far as this operator may. */
export function useCommands(): { pages: Command[]; actions: Command[] } {
  const t = useTranslations('command')
  const nav = useTranslations('nav')
  const settings = useTranslations('settings.tab')
  const language = useTranslations('language')
  const theme = useTranslations('theme')
  const router = useRouter()
  const canChange = useCanChange()
  const { theme: currentTheme = 'system', setTheme } = useTheme()
  const [locale, chooseLocale] = useLocaleChoice()
  const times = useKept('times', timeLooks)
  const otherTimes = times === 'exact' ? 'relative' : 'exact'
  const creations: Command[] = [
    { id: 'robot', text: t('newRobot'), Icon: Bot, run: () => openPanel('robot') },
    { id: 'application', text: t('newApplication'), Icon: AppWindow, run: () => openPanel('application') },
  ]
  return {
    pages: [
      ...destinations.map(({ key, href, Icon, letter }) => ({
        id: key,
        text: nav(key),
        Icon,
        keys: ['g', letter],
        run: () => router.push(href),
      })),
      ...settingsTabs.map((tab) => ({
        id: tab,
        text: settings(tab),
        Icon: Settings,
        run: () => router.push(`/dashboard/settings/${tab}`),
      })),
      { id: 'docs', text: t('docs'), Icon: BookOpen, run: () => window.open('/docs', '_blank', 'noopener') },
    ],
    actions: [
      ...(canChange ? creations : []),
      ...themes
        .filter((value) => value !== currentTheme)
        .map((value) => ({
          id: value,
          text: t('theme', { theme: theme(value) }),
          Icon: SunMoon,
          run: () => setTheme(value),
        })),
      ...locales
        .filter((value) => value !== locale)
        .map((value) => ({
          id: value,
          text: t('language', { language: language(value) }),
          Icon: Languages,
          run: () => chooseLocale(value),
        })),
      { id: 'times', text: t(`times.${otherTimes}`), Icon: Clock, keys: ['t'], run: () => keep('times', otherTimes) },
      { id: 'keys', text: t('keys'), Icon: Keyboard, keys: ['?'], run: () => openPanel('shortcuts') },
      { id: 'leave', text: t('leave'), Icon: LogOut, run: leave },
    ],
  }
}
