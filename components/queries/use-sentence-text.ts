import { useLocale, useTranslations } from 'use-intl'
import type { Failure } from '@/lib/i18n/read-sentence'
import type { Sentence } from '@/lib/sentence'

type Key = Parameters<ReturnType<typeof useTranslations<'errors'>>>[0]

/** Renders a sentence of the server in the viewer's language; null: it exists only in Chinese, for another viewer. */
export function useSentenceText(): (failure: Failure) => string | null {
  const t = useTranslations('errors')
  const locale = useLocale()
  const say = (failure: Failure): string | null => {
    if (typeof failure === 'string') return locale === 'zh-CN' || !/\p{Script=Han}/u.test(failure) ? failure : null
    const key = `reason.${failure.reason}` as Key
    return t.has(key) ? t(key, sayParams(failure) as never) : null
  }
  const sayParams = ({ params = {} }: Sentence) =>
    Object.fromEntries(
      Object.entries(params).map(([name, value]) => [
        name,
        typeof value === 'number' ? value : (say(value) ?? t('INTERNAL')),
      ]),
    )
  return say
}
