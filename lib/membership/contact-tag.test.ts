import { expect, it } from 'vitest'
import { newContactTag, readRemark, remarkOf } from './contact-tag'

it('B3: a remark that a robot sets tells the name and the tag again', () => {
  const tag = newContactTag()
  expect(readRemark(remarkOf({ name: '李伟', tag }))).toEqual({ name: '李伟', tag })
  expect(readRemark(remarkOf({ name: '宋'.repeat(40), tag }))).toEqual({ name: '宋'.repeat(16), tag })
})

it.each(['青岛李总', '', '#1', '李 #abc', '#iiiiii'])('a person’s own remark %j is all name', (remark) =>
  expect(readRemark(remark)).toEqual({ name: remark, tag: null }),
)
