import { describe, expect, it } from 'vitest'
import en from '@/messages/en.json'
import zhCN from '@/messages/zh-CN.json'

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

  it('have the same keys in each language', () => {
    expect(new Set(english.keys())).toEqual(new Set(chinese.keys()))
  })

  it('name the same values in each language', () => {
    for (const [key, text] of chinese)
      expect([key, placeholders(english.get(key) ?? '')]).toEqual([key, placeholders(text)])
  })

  it('leave no Chinese in the English ones, but names of languages and of our own terms', () => {
    const allowed = new Set(['language.zh-CN'])
    const mixed = [...english].filter(([key, text]) => !allowed.has(key) && /\p{Script=Han}/u.test(text))
    expect(mixed).toEqual([])
  })
})
