import { expect, it } from 'vitest'
import { plainText, visibleName } from '@/lib/plain-text'
import { personName } from '@/lib/qun/qun-fields'
import { robotUsername } from '@/lib/robot/robot-fields'

it.each(['\u200b', '\u3164', ' \u2060\ufeff ', '\u2800', '\u00ad\ufe0f', ''])(
  'a name of invisible characters only (%j) is refused for a robot, and is a nickname that people have',
  (text) => {
    expect(robotUsername.safeParse(text).success).toBe(false)
    expect(personName.safeParse(text).success).toBe(text.trim() !== '')
  },
)

it.each(['👨‍👩‍👧', 'weimi\u200b', 'a\u00adb', '云商城客服'])('a name with a visible character (%j) is accepted', (text) => {
  expect(visibleName(64).parse(text)).toBe(text)
})

it.each(['a\u2028b', 'a\u2029b', 'a\nb', 'a\0b', 'a\ud800'])('a name in one line refuses %j', (text) => {
  expect(visibleName(64).safeParse(text).success).toBe(false)
  expect(plainText({ maxLength: 64 }).safeParse(text).success).toBe(false)
})

it('a text of several lines keeps every kind of line break', () => {
  const text = 'a\r\nb\u2028c'
  expect(plainText({ maxLength: 64, isMultiline: true }).parse(text)).toBe(text)
})
