import { useTranslations } from 'use-intl'
import { useIssueText } from '@/components/form/use-issue-text'
import { DashboardError } from '@/components/queries/call-dashboard'
import { useSentenceText } from '@/components/queries/use-sentence-text'

type ErrorKey = Parameters<ReturnType<typeof useTranslations<'errors'>>>[0]

/** Describes an error in the viewer's language by its field issue, its reason or its code. */
export function useErrorText(): (error: unknown) => string {
  const t = useTranslations('errors')
  const say = useSentenceText()
  const describeIssue = useIssueText()
  return (error) => {
    if (!(error instanceof DashboardError)) return t('INTERNAL')
    const { code, message, reason, params = {}, issue } = error.details
    if (issue) return describeIssue(issue)
    const failure = reason ? { reason, params } : message
    const text = failure && say(failure)
    if (text) return text
    return t.has(code as ErrorKey) ? t(code as ErrorKey) : t('INTERNAL')
  }
}
