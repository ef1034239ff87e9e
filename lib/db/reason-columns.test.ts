import { expect, it } from 'vitest'
import { errorColumns } from '@/lib/db/reason-columns'
import { sentenceOf } from '@/lib/sentence'

it('a row keeps the Chinese sentence, its reason and its values, nested ones too', () => {
  const cause = sentenceOf('image_status', { status: 404 })
  expect(errorColumns(sentenceOf('image_unusable', { cause }))).toEqual({
    errorMessage: 'content 图片链接不可用：图片链接返回 HTTP 404',
    errorReason: 'image_unusable',
    errorParams: { cause: { reason: 'image_status', params: { status: 404 } } },
  })
})

it('a value that jsonb would refuse is made storable', () => {
  expect(errorColumns(sentenceOf('ret_code', { value: 'a\0b\uD83D' })).errorParams).toEqual({ value: 'ab\uFFFD' })
})
