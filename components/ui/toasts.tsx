'use client'

import { useTheme } from 'next-themes'
import { Toaster } from 'sonner'
import { useTranslations } from 'use-intl'

/** The container of toasts, in the viewer's theme. */
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
