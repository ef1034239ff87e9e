import { useLocale, useTranslations } from 'use-intl'
import type { Issue } from './schema-resolver'

const formats = ['url', 'email', 'datetime'] as const

/** Says what is wrong with a field in the viewer's language: the schema's own Chinese sentence, or its rule in other words. */
export function useIssueText(): (issue: Issue) => string {
  const t = useTranslations('form')
  const locale = useLocale()
  const describe = (issue: Issue): string => {
    if (issue.code === 'too_big')
      return t(issue.origin === 'string' ? 'tooLong' : 'tooBig', { max: Number(issue.maximum) })
    if (issue.code === 'too_small') {
      const min = Number(issue.minimum)
      return issue.origin !== 'string' ? t('tooSmall', { min }) : min === 1 ? t('required') : t('tooShort', { min })
    }
    if (issue.code === 'invalid_type') return t(issue.expected === 'number' ? 'number' : 'required')
    if (issue.code === 'invalid_format') return t(formats.find((format) => format === issue.format) ?? 'invalid')
    if (issue.code === 'custom' && issue.params?.['rule'])
      return t(issue.params['rule'] as 'required' | 'tooLong' | 'characters' | 'different', {
        max: Number(issue.params['max']),
      })
    return t('invalid')
  }
  // What the schema says itself is Chinese; the library's own fallbacks are not.
  return (issue) => (locale === 'zh-CN' && /\p{Script=Han}/u.test(issue.message) ? issue.message : describe(issue))
}
