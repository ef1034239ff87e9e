import { expect, it } from 'vitest'
import { safeReturnPath } from '@/lib/auth/safe-return-path'

it.each([
  ['/dashboard/robots?q=%E5%B0%8F', '/dashboard/robots?q=%E5%B0%8F'],
  ['/dashboard', '/dashboard'],
  [undefined, '/dashboard'],
  ['', '/dashboard'],
  ['https://evil.example/dashboard', '/dashboard'],
  ['//evil.example/dashboard', '/dashboard'],
  ['/\\evil.example/dashboard', '/dashboard'],
  ['/dashboard/../robots', '/dashboard'],
  ['/dashboardish', '/dashboard'],
  ['javascript:alert(1)', '/dashboard'],
])('%s leads to %s', (path, expected) => {
  expect(safeReturnPath(path)).toBe(expected)
})
