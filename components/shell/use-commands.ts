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
import { useTranslations } from 'use-intl'
import { useNavigate } from '@/components/leave/use-navigate'
import { leavePage } from '@/components/leave/unsaved-forms'
import { timeFormats } from '@/components/ui/relative-time'
import { persistChoice, usePersistedChoice } from '@/components/ui/use-persisted-choice'
import { locales } from '@/lib/i18n/locale'
import { destinations } from '@/components/shell/destinations'
import { signOut } from '@/components/shell/sign-out'
import { openPanel } from '@/components/shell/panel'
import { useCanChange } from '@/components/shell/role-context'
import { themes } from '@/components/shell/theme-menu'
import { useLocaleChoice } from '@/components/shell/use-locale-choice'

export type Command = { id: string; text: string; Icon: typeof Bot; keys?: string[]; run: () => void }

const settingsTabs = ['operators', 'audit', 'system'] as const

/** Returns the destinations and actions of the command menu that this operator may use. */
export function useCommands(): { pages: Command[]; actions: Command[] } {
  const t = useTranslations('command')
  const nav = useTranslations('nav')
  const settings = useTranslations('settings.tab')
  const language = useTranslations('language')
  const theme = useTranslations('theme')
  const navigate = useNavigate()
  const canChange = useCanChange()
  const { theme: currentTheme = 'system', setTheme } = useTheme()
  const [locale, chooseLocale] = useLocaleChoice()
  const times = usePersistedChoice('times', timeFormats)
  const otherTimes = times === 'exact' ? 'relative' : 'exact'
  const createCommands: Command[] = [
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
        run: () => leavePage(() => navigate(href)),
      })),
      ...settingsTabs.map((tab) => ({
        id: tab,
        text: settings(tab),
        Icon: Settings,
        run: () => leavePage(() => navigate(`/dashboard/settings/${tab}`)),
      })),
      { id: 'docs', text: t('docs'), Icon: BookOpen, run: () => window.open('/docs', '_blank', 'noopener') },
    ],
    actions: [
      ...(canChange ? createCommands : []),
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
      {
        id: 'times',
        text: t(`times.${otherTimes}`),
        Icon: Clock,
        keys: ['t'],
        run: () => persistChoice('times', otherTimes),
      },
      { id: 'keys', text: t('keys'), Icon: Keyboard, keys: ['?'], run: () => openPanel('shortcuts') },
      { id: 'leave', text: t('leave'), Icon: LogOut, run: signOut },
    ],
  }
}
