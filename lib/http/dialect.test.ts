import { expect, it } from 'vitest'
import { canonicalPath } from '@/lib/http/canonical-path'
import { AppError } from '@/lib/errors'
import { dialectOf, renderError } from '@/lib/http/dialect'

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

it('E7: an error of the qun API names the link by which a person joins alone', () => {
  const params = { member: '黑旋风' }
  const joinUrl = 'https://wxbot.test/weiqun/MTAw'
  const error = new AppError('QUN_NOT_OPEN', { reason: 'group_join_self', params, joinUrl })
  const { status, body } = renderError('wxbot', error)
  expect(status).toBe(409)
  expect(JSON.parse(body)).toEqual({
    error: { code: 1006, message: expect.stringContaining('黑旋风'), join_url: joinUrl },
  })
})
