import fc from 'fast-check'
import { expect, it } from 'vitest'
import { countParts, splitText } from '@/lib/connection/text-parts'

it('a text is split between characters, each part within 2,048 bytes, and nothing is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2000 }), (text) => {
      const parts = splitText('wecom_kf', text)
      expect(parts.join('')).toBe(text)
      for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(2048)
    }),
    { numRuns: 50 },
  )
})

it.each([
  ['a'.repeat(2048), 1],
  ['a'.repeat(2049), 2],
  ['字'.repeat(682), 1],
  ['字'.repeat(683), 2],
  ['👍'.repeat(512), 1],
  ['👍'.repeat(513), 2],
  ['👍'.repeat(2000), 4],
])('the longest part ends before the limit (%#)', (text, count) => {
  expect(splitText('wecom_kf', text)).toHaveLength(count)
  expect(countParts('wecom_kf', { type: 'text', content: text })).toBe(count)
})

it('other connections and pictures take one message', () => {
  expect(splitText('web', '字'.repeat(2000))).toHaveLength(1)
  expect(countParts('wecom_kf', { type: 'image', content: 'https://example.com/'.padEnd(3000, 'x') })).toBe(1)
})
