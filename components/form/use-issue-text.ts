import { useLocale, useTranslations } from 'use-intl'
import type { UrlProblem } from '@/lib/egress/find-url-problem'
import type { Issue } from '@/lib/dashboard/error-response'

/** Texts for messages that say more than the violated rule. */
const ownKeys = {
  请选择应用: 'chooseApplication',
  请选择微信群: 'chooseRoom',
  '一次最多 500 个群': 'tooManyRooms',
  '过渡期最长 30 天': 'overlapTooLong',
  '最多 20 位建群好友': 'tooManyStarterContacts',
  请选择图片: 'chooseImage',
  图片太大: 'imageTooLarge',
} as const

const formats = ['url', 'email', 'datetime'] as const

/** Describes a field issue in the viewer's language: by the schema's Chinese message, or by the violated rule. */
export function useIssueText(): (issue: Issue) => string {
  const t = useTranslations('form')
  const locale = useLocale()
  const describe = ({ code, message, origin, expected, format, minimum, maximum, params }: Issue): string => {
    if (message in ownKeys) return t(ownKeys[message as keyof typeof ownKeys])
    if (code === 'too_big') return t(origin === 'string' ? 'tooLong' : 'tooBig', { max: Number(maximum) })
    if (code === 'too_small') {
      const min = Number(minimum)
      return origin !== 'string' ? t('tooSmall', { min }) : min === 1 ? t('required') : t('tooShort', { min })
    }
    if (code === 'invalid_type')
      return t(expected === 'number' ? 'number' : expected === 'int' ? 'integer' : 'required')
    if (code === 'invalid_format') return t(formats.find((name) => name === format) ?? 'invalid')
    if (code === 'custom' && params?.['rule'])
      return t(params['rule'] as 'required' | 'tooLong' | 'characters' | 'different' | UrlProblem, {
        max: Number(params['max']),
      })
    return t('invalid')
  }
  // Our schemas have Chinese messages; the defaults of the library are English.
  return (issue) => (locale === 'zh-CN' && /\p{Script=Han}/u.test(issue.message) ? issue.message : describe(issue))
}
