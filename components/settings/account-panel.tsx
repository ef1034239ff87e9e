'use client'

import { useTheme } from 'next-themes'
import { useSyncExternalStore } from 'react'
import { useTranslations } from 'use-intl'
import { themes } from '@/components/shell/theme-menu'
import { useLocaleChoice } from '@/components/shell/use-locale-choice'
import { Card } from '@/components/ui/card'
import { SelectField } from '@/components/ui/field'
import { locales } from '@/lib/i18n/locale'
import { PasswordCard } from '@/components/settings/password-card'

const never = () => () => {}

/** The operator's account, and the appearance of the dashboard in this browser. */
export function AccountPanel({ email, role }: { email: string; role: 'admin' | 'viewer' }) {
  const t = useTranslations('settings')
  const operator = useTranslations('operator')
  const language = useTranslations('language')
  const themeText = useTranslations('theme')
  const [locale, chooseLocale] = useLocaleChoice()
  const { theme, setTheme } = useTheme()
  // The server does not know the theme; before hydration it is the default.
  const isBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return (
    <div className="flex flex-col gap-6">
      <Card title={t('account')}>
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
          <dt className="text-muted">{t('email')}</dt>
          <dd className="break-all">{email}</dd>
          <dt className="text-muted">{t('role')}</dt>
          <dd>
            {operator(`role.${role}`)} <span className="text-muted">{operator(`roleHint.${role}`)}</span>
          </dd>
        </dl>
      </Card>
      <PasswordCard email={email} />
      <Card title={t('appearance')} hint={t('appearanceHint')}>
        <div className="flex flex-wrap gap-4">
          <SelectField
            className="w-48"
            label={language('title')}
            value={locale}
            onChange={(event) => chooseLocale(event.target.value)}
          >
            {locales.map((value) => (
              <option key={value} value={value}>
                {language(value)}
              </option>
            ))}
          </SelectField>
          <SelectField
            className="w-48"
            label={themeText('title')}
            value={(isBrowser && theme) || 'system'}
            onChange={(event) => setTheme(event.target.value)}
          >
            {themes.map((value) => (
              <option key={value} value={value}>
                {themeText(value)}
              </option>
            ))}
          </SelectField>
        </div>
      </Card>
    </div>
  )
}
