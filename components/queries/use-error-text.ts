import { useLocale, useTranslations } from 'use-intl'
import { DashboardError } from './call-dashboard'

type ErrorKey = Parameters<ReturnType<typeof useTranslations<'errors'>>>[0]

/** Says what failed in the viewer's language: the server's own Chinese sentence, or its code in other words. */
export function useErrorText(): (error: unknown) => string {
  const t = useTranslations('errors')
  const locale = useLocale()
  return (error) => {
    if (!(error instanceof DashboardError)) return t('INTERNAL')
    if (error.message && locale === 'zh-CN') return error.message
    return t.has(error.code as ErrorKey) ? t(error.code as ErrorKey) : t('INTERNAL')
  }
}
