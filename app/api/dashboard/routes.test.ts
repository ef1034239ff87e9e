import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { callDashboard, type SendChange } from '@/components/queries/call-dashboard'
import type { RobotDetail } from '@/lib/dashboard/robot/detail'
import type { OutputOf } from '@/lib/dashboard/wire'
import { listDashboardHandlers } from '@/lib/testing/list-dashboard-handlers'

describe('the route types of the dashboard', () => {
  it('register every route file under its own path, and no other', async () => {
    const declared = readFileSync(join(import.meta.dirname, 'routes.d.ts'), 'utf8')
    const paths = new Set((await listDashboardHandlers()).map(({ path }) => path))
    const expected = [...paths].map((path) => `'${path}': typeof import('@/app/api/dashboard${path}/route')`)
    expect(declared.match(/'\/.*(?=\n)/g)?.toSorted()).toEqual(expected.toSorted())
  })

  it('give a call the output of its handler, with dates as strings', () => {
    expectTypeOf<OutputOf<'GET', '/robots/[robotId]'>>().branded.toEqualTypeOf<RobotDetail>()
    type Rotated = OutputOf<'POST', '/applications/[applicationId]/tokens/[tokenId]/rotate'>
    expectTypeOf<Rotated>().toEqualTypeOf<{ tokenId: string; token: string; oldEndsAt: string }>()
  })

  it('reject an unknown path, a missing id, and a parameter or field that the schema lacks', () => {
    const calls = (send: SendChange) => [
      // @ts-expect-error no such path
      () => callDashboard('/robot'),
      // @ts-expect-error this path has no GET
      () => callDashboard('/account/password'),
      // @ts-expect-error the path's id
      () => callDashboard('/robots/[robotId]'),
      // @ts-expect-error no such parameter
      () => callDashboard('/robots', { query: { status: 'online' } }),
      // @ts-expect-error the body
      () => send('POST', '/robots'),
      // @ts-expect-error no such field, although all fields of this schema are optional
      () => send('PATCH', '/quns/[qunId]', { ids: { qunId: '' }, body: { isPaused: true, closed: true } }),
    ]
    expectTypeOf(calls).toBeFunction()
  })
})
