'use client'

import Languages from 'lucide-react/icons/languages'
import { useTranslations } from 'use-intl'
import { Menu, MenuChoice } from '@/components/ui/menu'
import { locales } from '@/lib/i18n/locale'
import { useLocaleChoice } from '@/components/shell/use-locale-choice'

export function LanguageMenu() {
  const t = useTranslations('language')
  const [locale, choose] = useLocaleChoice()
  return (
    <Menu label={t('title')} trigger={<Languages size={18} aria-hidden />}>
      <MenuChoice value={locale} onChange={choose} choices={locales.map((value) => ({ value, text: t(value) }))} />
    </Menu>
  )
}
