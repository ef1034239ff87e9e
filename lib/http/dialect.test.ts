import { expect, it } from 'vitest'
import { canonicalPath } from '@/lib/http/canonical-path'
import { dialectOf } from '@/lib/http/dialect'

it.each([
  ['/robots', 'robots'],
  ['/robots/', 'robots'],
  ['//robots/rbt_1', 'robots'],
  ['///v1/robots', 'v1'],
  ['/\\wxbot/qun', 'wxbot'],
  ['/%72obots/rbt_1', 'robots'],
  ['/%2Frobots', 'robots'],
  ['/./wxbot/qun', 'wxbot'],
  ['/%2e/wxbot', 'wxbot'],
  ['/docs/../v1/robots', 'v1'],
  ['/robots/../dashboard', 'robots'],
  ['/robots/%ff', 'robots'],
  ['/api/dashboard/robots', 'dashboard'],
  ['/%61pi/auth/session', 'dashboard'],
  ['/robotsfoo', 'page'],
  ['/v10/x', 'page'],
  ['/apix', 'page'],
  ['/weiqun/robots', 'page'],
  ['/constructor', 'page'],
  ['/', 'page'],
  ['*', 'page'],
  ['', 'page'],
])('errors of %s have the dialect %s', (path, dialect) => {
  expect(dialectOf(path)).toBe(dialect)
})

it.each([
  ['/api//auth/./session/', '/api/auth/session'],
  ['/api/%61uth', '/api/auth'],
  ['/_next\\image', '/_next/image'],
  ['/_next/static/../image', '/_next/image'],
  ['/../../x', '/x'],
  ['/%2572obots', '/%72obots'],
  ['/%ff%zz%', '/%ff%zz%'],
  ['', '/'],
])('%s is normalized to %s', (path, canonical) => {
  expect(canonicalPath(path)).toBe(canonical)
})
