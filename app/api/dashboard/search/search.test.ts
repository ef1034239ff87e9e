import { expect, it } from 'vitest'
import { webContext } from '@/lib/http/web-context'
import { createQun } from '@/lib/qun/create-qun'
import { givenApplication, givenRobot, givenRoom } from '@/lib/testing/factories'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as search from '@/app/api/dashboard/search/route'

const test = useDashboard()
const find = async (q: string) => {
  const { body } = await test.asAdmin(search.GET, 'GET', { query: `?${new URLSearchParams({ q })}` })
  return body as { kind: string; id: string; name: string; detail: string; robotId: string | null }[]
}

it('search finds robots, applications, groups and rooms by a part of their name, prefix matches first', async () => {
  const applicationId = await givenApplication(test.db, { name: '鲜果直达' })
  const robotId = await givenRobot(test.db, { applicationId, username: 'fruit_1', nickname: '大鲜果' })
  const first = await givenRobot(test.db, { applicationId, username: 'fruit_2', nickname: '鲜果' })
  const roomId = await givenRoom(test.db, { robotId, name: '鲜果早市', username: '@@1' })
  const draft = {
    robotId,
    groupCode: 'shop|1',
    ownerName: '鲜果店',
    nameTemplate: '{owner} {number}',
    sealer: webContext().sealer,
  }
  const qun = await test.db.transaction((tx) => createQun(tx, draft))
  expect((await find(' 鲜果 ')).map(({ kind, id, robotId: of }) => [kind, id, of])).toEqual([
    ['robot', first, null],
    ['robot', robotId, null],
    ['application', applicationId, null],
    ['qun', qun.id, null],
    ['room', roomId, robotId],
  ])
  expect(await find(qun.id)).toMatchObject([{ kind: 'qun' }])
  expect(await find('FRUIT_1')).toMatchObject([{ kind: 'robot', name: '大鲜果', detail: 'fruit_1' }])
})

it('search returns a maximum of five per kind, nothing for an empty text, and matches wildcards literally', async () => {
  const applicationId = await givenApplication(test.db, { name: '多' })
  for (let index = 0; index < 7; index++) await givenRobot(test.db, { applicationId, username: `many_${index}` })
  expect(await find('many')).toHaveLength(5)
  expect(await find('%')).toEqual([])
  expect(await find(' ')).toEqual([])
})

it('search is open to all operators, and refuses a text that is too long', async () => {
  const query = '?q=x'
  expect(await test.call(search.GET, 'GET', { cookie: test.cookieOf.viewer, query })).toMatchObject({ status: 200 })
  expect(await test.call(search.GET, 'GET', { query })).toMatchObject({ status: 401 })
  expect(await test.asAdmin(search.GET, 'GET', { query: `?q=${'x'.repeat(101)}` })).toMatchObject({
    status: 400,
    body: { error: { parameter: 'q' } },
  })
  expect(await test.asAdmin(search.GET, 'GET')).toMatchObject({ status: 400 })
})
