import { describe, expect, it } from 'vitest'
import { createRouteMatcher } from '@/web/match-route'

const handlerOf = (name: string) => Object.assign(() => Promise.resolve(new Response()), { of: name })
const files = [
  '/v1/[[...rest]]',
  '/robots/[...rest]',
  '/robots/[robotId]',
  '/robots/[robotId]/rooms',
  '/robots/[robotId]/rooms/active',
  '/robots',
  '/v1/media/[id]',
].map((path) => ({ path, route: { GET: handlerOf(path) } }))
const match = createRouteMatcher(files)

describe('createRouteMatcher', () => {
  it.each([
    ['/robots', '/robots', {}],
    ['/robots/a', '/robots/[robotId]', { robotId: 'a' }],
    ['/robots/a/rooms', '/robots/[robotId]/rooms', { robotId: 'a' }],
    ['/robots/a/rooms/active', '/robots/[robotId]/rooms/active', { robotId: 'a' }],
    ['/robots/a/rooms/b', '/robots/[...rest]', { rest: ['a', 'rooms', 'b'] }],
    ['/robots/a/b', '/robots/[...rest]', { rest: ['a', 'b'] }],
    ['/v1', '/v1/[[...rest]]', {}],
    ['/v1/media', '/v1/[[...rest]]', { rest: ['media'] }],
    ['/v1/media/a', '/v1/media/[id]', { id: 'a' }],
    ['/v1/media/a/b', '/v1/[[...rest]]', { rest: ['media', 'a', 'b'] }],
  ])('%s is served by %s', (path, file, params) => {
    expect(match('GET', path)).toEqual({ handle: expect.objectContaining({ of: file }), params })
  })

  it('a HEAD without a handler of its own is served by GET, and an unsupported method by none', () => {
    expect(match('HEAD', '/robots')?.handle).toHaveProperty('of', '/robots')
    expect(match('POST', '/robots')).toBeNull()
  })

  it.each(['/', '/robotsx', '/dashboard', '/wxbot'])('%s has no route', (path) => {
    expect(match('GET', path)).toBeNull()
  })
})
