import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCallbackReply } from '@/lib/callback/delivery/callback-reply'

const text = { type: 'reply', messageType: 'text', content: '好的' }
const cases: [string, unknown, object][] = [
  ['a text', { retCode: 0, data: { reply: { msg_type: 'text', content: '好的' } } }, text],
  [
    'an image',
    { data: { reply: { msg_type: 'image', content: 'https://shop.test/a.png' } } },
    { type: 'reply', messageType: 'image', content: 'https://shop.test/a.png' },
  ],
  ['a handover', { data: { handover: true } }, { type: 'handover' }],
  ['a text before a handover', { data: { handover: true, reply: { msg_type: 'text', content: '好的' } } }, text],
  ['no data', { retCode: 0, errorMsg: '' }, { type: 'none' }],
  ['an empty text', { data: { reply: { msg_type: 'text', content: ' ' } } }, { type: 'none' }],
  ['a text that is too long', { data: { reply: { msg_type: 'text', content: 'a'.repeat(2001) } } }, { type: 'none' }],
  ['an image without a link', { data: { reply: { msg_type: 'image', content: 'file:///etc' } } }, { type: 'none' }],
  ['another type', { data: { reply: { msg_type: 'voice', content: '好的' } } }, { type: 'none' }],
  ['handover false', { data: { handover: false } }, { type: 'none' }],
]

describe('the response of a callback', () => {
  it.each(cases)('the response of a callback is read: %s', (_, body, expected) =>
    expect(readCallbackReply(JSON.stringify(body))).toEqual(expected),
  )

  it('the response of a callback of any text is read without an error', () => {
    fc.assert(fc.property(fc.string(), (body) => void readCallbackReply(body)))
  })
})
