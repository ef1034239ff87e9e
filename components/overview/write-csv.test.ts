import { expect, it } from 'vitest'
import { writeCsv } from '@/components/overview/write-csv'

it('quotes separators, leaves unknown values empty, and keeps a text from being read as a formula', () => {
  const rows = [
    ['时间', '等待, "一半"'],
    ['=1+1', null],
    ['2026-11-29', 4.5],
  ]
  expect(writeCsv(rows)).toBe('\ufeff时间,"等待, ""一半"""\r\n\'=1+1,\r\n2026-11-29,4.5\r\n')
})
