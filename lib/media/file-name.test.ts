import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cleanFileName, contentDisposition } from '@/lib/media/file-name'

it.each([
  ['报价单 (1).xlsx', '报价单 (1).xlsx'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\temp\\表.doc', '表.doc'],
  ['invoice\u202efdp.exe', 'invoicefdp.exe'],
  ['a\r\nSet-Cookie: x\0.txt', 'aSet-Cookie: x.txt'],
  ['👨‍👩‍👧.png', '👨‍👩‍👧.png'],
  ['  ', '文件'],
  ['..', '文件'],
  ['x/', '文件'],
  [`${'长'.repeat(400)}.xlsx`, `${'长'.repeat(145)}.xlsx`],
  ['好'.repeat(400), '好'.repeat(150)],
])('cleanFileName turns %j into %j', (given, name) => {
  expect(cleanFileName(given)).toBe(name)
})

it.each([
  [
    '报价单 (1).xlsx',
    `attachment; filename="___ (1).xlsx"; filename*=UTF-8''%E6%8A%A5%E4%BB%B7%E5%8D%95%20%281%29.xlsx`,
  ],
  ['plan.pdf', `attachment; filename="plan.pdf"; filename*=UTF-8''plan.pdf`],
  ['a"b;c%41.txt', `attachment; filename="a_b_c_41.txt"; filename*=UTF-8''a%22b%3Bc%2541.txt`],
  [null, 'attachment'],
])('Content-Disposition of %j', (name, header) => {
  expect(contentDisposition('attachment', name)).toBe(header)
})

it('contentDisposition returns one line for every name and preserves the name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (given) => {
      const name = cleanFileName(given)
      const header = contentDisposition('attachment', name)
      expect(header).toMatch(/^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''[\w.~%-]+$/)
      expect(decodeURIComponent(header.replace(/^.*''/, ''))).toBe(name)
      expect([...name].length).toBeLessThanOrEqual(150)
    }),
  )
})
