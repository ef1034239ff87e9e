import { expect, it } from 'vitest'
import { newContactTag, parseRemark, formatRemark } from '@/lib/membership/contact-tag'

it('B3: a remark that a robot sets is read back as name and tag', () => {
  const tag = newContactTag()
  expect(parseRemark(formatRemark({ name: '李伟', tag }))).toEqual({ name: '李伟', tag })
  expect(parseRemark(formatRemark({ name: '宋'.repeat(40), tag }))).toEqual({ name: '宋'.repeat(16), tag })
})

it.each(['青岛李总', '', '#1', '李 #abc', '#iiiiii'])('B3: the remark %j without a tag is all name', (remark) =>
  expect(parseRemark(remark)).toEqual({ name: remark, tag: null }),
)
