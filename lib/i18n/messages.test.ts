import { describe, expect, it } from 'vitest'
import en from '@/messages/en.json'
import zhCN from '@/messages/zh-CN.json'
import { errorReasons } from '@/lib/error-reasons'

type Texts = { [key: string]: string | Texts }

function flatten(texts: Texts, prefix = ''): Array<[string, string]> {
  return Object.entries(texts).flatMap(([key, value]): Array<[string, string]> =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  )
}
const placeholders = (text: string) => new Set([...text.matchAll(/\{(\w+)/g)].map((match) => match[1]))

describe('messages', () => {
  const chinese = new Map(flatten(zhCN))
  const english = new Map(flatten(en))

  it('messages have the same keys in each language', () => {
    expect(new Set(english.keys())).toEqual(new Set(chinese.keys()))
  })

  it('name the same values in each language', () => {
    for (const [key, text] of chinese)
      expect([key, placeholders(english.get(key) ?? '')]).toEqual([key, placeholders(text)])
  })

  it('name no value that the sentence of a reason does not have', () => {
    const known = Object.entries(errorReasons).map(([reason, { zh }]) => [`errors.reason.${reason}`, placeholders(zh)])
    for (const [key, names] of new Map(known as [string, Set<string>][]))
      expect([key, [...placeholders(chinese.get(key) ?? '')].filter((name) => !names.has(name ?? ''))]).toEqual([
        key,
        [],
      ])
  })

  it('messages have a text for each reason of an error, and no other reason', () => {
    const named = [...chinese.keys()].filter((key) => key.startsWith('errors.reason.'))
    expect(new Set(named)).toEqual(new Set(Object.keys(errorReasons).map((reason) => `errors.reason.${reason}`)))
  })

  it('name no field as the API or the code calls it, except the retCode of an endpoint', () => {
    const words = (text: string) =>
      text.replaceAll(/\{[^{}]*\}/g, '').match(/\b[a-z]+_[a-z_]+\b|\b[a-z]+[A-Z]\w*\b/g) ?? []
    // iLink is a product.
    const allowed = new Set(['retCode', 'iLink'])
    const named = [...chinese, ...english].filter(([, text]) => words(text).some((word) => !allowed.has(word)))
    expect(named).toEqual([])
  })

  it('leave no Chinese in the English ones, but names of languages and of our own terms', () => {
    const allowed = new Set(['language.zh-CN'])
    const mixed = [...english].filter(([key, text]) => !allowed.has(key) && /\p{Script=Han}/u.test(text))
    expect(mixed).toEqual([])
  })
})
