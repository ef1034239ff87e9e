import { expect, it } from 'vitest'
import { countColumns, wrapChinese } from '@/cli/wrap-chinese'

it('a Chinese character fills two columns, a mark of Chinese too', () => {
  expect(countColumns('机器人 id：')).toBe(11)
})

it('a line ends before the maximum, never before a closing mark or inside an option name', () => {
  const text = '与 --application 一起：这个时间以来失败的全部回调，ISO 8601（默认：全部）'
  for (let columns = 16; columns <= 80; columns += 1) {
    const lines = wrapChinese(text, columns).split('\n')
    expect(lines.filter((line) => countColumns(line) > columns || /^[，：）]|（$/.test(line))).toEqual([])
    expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
    expect(lines.some((line) => line.includes('--application'))).toBe(true)
  }
})
