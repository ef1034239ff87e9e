import { useTranslations } from 'use-intl'
import type { UrlProblem } from '@/lib/egress/find-url-problem'
import type { Issue } from '@/lib/dashboard/error-response'

/** Messages of our schemas that say more than the violated rule; each is a key of `form`. */
const ownKeys = [
  'chooseApplication',
  'chooseRoom',
  'tooManyRooms',
  'overlapTooLong',
  'expiryPast',
  'tooManyStarterContacts',
  'chooseImage',
  'imageTooLarge',
  'loginNumber',
  'servicerId',
  'chooseScope',
  'chooseEvent',
  'robotIds',
  'networks',
] as const

/** Rules of our schemas that name themselves; each is a key of `form`. */
type OwnRule =
  | ('required' | 'tooLong' | 'characters' | 'different' | 'decimals' | 'currency')
  | ('headerName' | 'headerReserved' | 'headerValue' | 'headerRepeated')

const formats = ['url', 'email', 'datetime'] as const

/** Describes a field issue in the viewer's language: by the schema's own key, or by the violated rule. */
export function useIssueText(): (issue: Issue) => string {
  const t = useTranslations('form')
  return ({ code, message, origin, expected, format, minimum, maximum, params }: Issue): string => {
    const ownKey = ownKeys.find((key) => key === message)
    if (ownKey) return t(ownKey)
    if (code === 'too_big') return t(origin === 'string' ? 'tooLong' : 'tooBig', { max: Number(maximum) })
    if (code === 'too_small') {
      const min = Number(minimum)
      return origin !== 'string' ? t('tooSmall', { min }) : min === 1 ? t('required') : t('tooShort', { min })
    }
    if (code === 'invalid_type')
      return t(expected === 'number' ? 'number' : expected === 'int' ? 'integer' : 'required')
    if (code === 'invalid_format') return t(formats.find((name) => name === format) ?? 'invalid')
    if (code === 'custom' && params?.['rule'])
      return t(params['rule'] as OwnRule | UrlProblem, {
        max: Number(params['max']),
      })
    return t('invalid')
  }
}
