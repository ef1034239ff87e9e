import { expect, it } from 'vitest'
import { createQun } from '@/lib/qun/create-qun'
import { givenApplication, givenRobot, givenRoom } from '@/lib/testing/factories'
import { useDashboard } from '@/lib/testing/use-dashboard'
import * as search from './route'

const test = useDashboard()
const find = async (q: string) => {
  const { answer } = await test.asAdmin(search.GET, 'GET', { query: `?${new URLSearchParams({ q })}` })
  return answer as { kind: string; id: string; name: string; detail: string; robotId: string | null }[]
}

it('finds robots, applications, quns and rooms by a part of their name, what begins so first', async () => {
  const applicationId = await givenApplication(test.db, { name: '鲜果直达' })
  const robotId = await givenRobot(test.db, { applicationId, username: 'fruit_1', nickname: '大鲜果' })
  const first = await givenRobot(test.db, { applicationId, username: 'fruit_2', nickname: '鲜果' })
  const roomId = await givenRoom(test.db, { robotId, name: '鲜果早市', username: '@@1' })
  const draft = { robotId, code: 'shop|1', ownerName: '鲜果店', nameTemplate: '{owner} {number}' }
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

it('finds at most five of a kind, nothing for nothing, and takes signs of patterns as they are', async () => {
  const applicationId = await givenApplication(test.db, { name: '多' })
  for (let index = 0; index < 7; index++) await givenRobot(test.db, { applicationId, username: `many_${index}` })
  expect(await find('many')).toHaveLength(5)
  expect(await find('%')).toEqual([])
  expect(await find(' ')).toEqual([])
})

it('is for every operator, and refuses what is too long', async () => {
  const query = '?q=x'
  expect(await test.call(search.GET, 'GET', { cookie: test.cookieOf.viewer, query })).toMatchObject({ status: 200 })
  expect(await test.call(search.GET, 'GET', { query })).toMatchObject({ status: 401 })
  expect(await test.asAdmin(search.GET, 'GET', { query: `?q=${'x'.repeat(101)}` })).toMatchObject({
    status: 400,
    answer: { error: { parameter: 'q' } },
  })
  expect(await test.asAdmin(search.GET, 'GET')).toMatchObject({ status: 400 })
})
