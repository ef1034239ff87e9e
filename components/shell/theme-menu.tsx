'use client'

import SunMoon from 'lucide-react/icons/sun-moon'
import { useTheme } from 'next-themes'
import { useTranslations } from 'use-intl'
import { Menu, MenuChoice } from '@/components/ui/menu'

export const themes = ['system', 'light', 'dark'] as const

export function ThemeMenu() {
  const t = useTranslations('theme')
  const { theme = 'system', setTheme } = useTheme()
  return (
    <Menu label={t('title')} trigger={<SunMoon size={18} aria-hidden />}>
      <MenuChoice value={theme} onChange={setTheme} choices={themes.map((value) => ({ value, text: t(value) }))} />
    </Menu>
  )
}
