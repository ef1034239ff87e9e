import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maxContentLength } from '@/lib/article/article-limits'
import { parseArticles } from '@/lib/article/parse-articles'
import { searchTerms } from '@/lib/article/search-terms'
import { AppError } from '@/lib/errors'

/** Returns what a call throws; null: nothing. */
function failureOf(call: () => unknown): unknown {
  try {
    call()
    return null
  } catch (error) {
    return error
  }
}

describe('parseArticles', () => {
  it('splits Markdown at its headings and keeps the path of headings', () => {
    const text = '前言\n# 售后\n## 退货\n七天内。\n```\n# 不是标题\n```\n## 换货\n\n一次。\n# 空\n'
    expect(parseArticles({ fileName: '手册.md', text })).toEqual([
      { title: '手册', content: '前言' },
      { title: '售后 › 退货', content: '七天内。\n```\n# 不是标题\n```' },
      { title: '售后 › 换货', content: '一次。' },
    ])
  })

  it('reads questions and answers from CSV, with or without a header and with quotes', () => {
    const text = '\uFEFF问题,答案\n"怎么, 退货","七天内。\n凭小票。"\n没有答案,\n'
    expect(parseArticles({ fileName: 'FAQ.CSV', text })).toEqual([
      { title: '怎么, 退货', content: '七天内。\n凭小票。' },
    ])
    expect(parseArticles({ fileName: 'a.csv', text: '运费,包邮' })).toEqual([{ title: '运费', content: '包邮' }])
  })

  it('splits a long section and loses no character of it', () => {
    const text = `# 长\n${'一段。\n\n'.repeat(4000)}`
    const parts = parseArticles({ fileName: 'a.md', text })
    expect(parts.length).toBeGreaterThan(1)
    expect(parts.every(({ content }) => content.length <= maxContentLength)).toBe(true)
    expect(
      parts
        .map(({ content }) => content)
        .join('')
        .match(/一段。/g),
    ).toHaveLength(4000)
  })

  it('removes control and direction characters', () => {
    expect(parseArticles({ fileName: 'a.md', text: '# 标\u202E题\nA\0B\u2066C' })).toEqual([
      { title: '标题', content: 'ABC' },
    ])
  })

  it.each(['', '# 只有标题', '问题,答案'])('refuses a file without an article: %j', (text) => {
    expect(() => parseArticles({ fileName: 'a.csv', text })).toThrow(AppError)
  })

  it('fails only with an error for the operator, whatever the file', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('a.md', 'a.csv'), (text, fileName) => {
        expect(failureOf(() => parseArticles({ fileName, text }))).toSatisfy(
          (error) => error === null || error instanceof AppError,
        )
      }),
    )
  })
})

it('searchTerms returns pairs of Chinese characters, and words of other scripts in lower case', () => {
  expect(searchTerms('怎么退货？ＲＭＡ form 一')).toEqual(['怎么', '么退', '退货', '一', 'rma', 'form'])
})
