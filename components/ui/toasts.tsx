'use client'

import { useTheme } from 'next-themes'
import { Toaster } from 'sonner'
import { useTranslations } from 'use-intl'

/** Where toasts appear, in the theme the viewer has chosen. */
export function Toasts() {
  const t = useTranslations('common')
  const { theme } = useTheme()
  return (
    <Toaster
      position="top-center"
      closeButton
      theme={theme === 'light' || theme === 'dark' ? theme : 'system'}
      containerAriaLabel={t('notices')}
      toastOptions={{ closeButtonAriaLabel: t('close') }}
    />
  )
}
