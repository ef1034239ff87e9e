import { Validator } from '@seriousme/openapi-schema-validator'
import { beforeAll, describe, expect, it } from 'vitest'
import { errorsOf } from '@/lib/http/contract/contract'
import { buildDocument } from '@/lib/http/openapi/build-document'
import { documentedCodes } from '@/lib/http/openapi/documented-codes'
import { retCodes } from '@/lib/http/robots-wire-codes'
import { findDeparture, isDocumentedBody } from '@/lib/testing/document-check'
import { type ApiRoute, listApiCalls, listApiRoutes } from '@/lib/testing/list-api-routes'

const document = buildDocument({ publicUrl: 'https://wxbot.example' })
const paths = document.paths as Record<string, Record<string, Record<string, unknown>>>
let routes: ApiRoute[]
beforeAll(async () => {
  routes = await listApiRoutes()
})

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    expect(document.openapi).toMatch(/^3\.1\./)
    expect(await new Validator().validate(JSON.parse(JSON.stringify(document)))).toMatchObject({
      valid: true,
    })
  })

  it('names every route there is, and no other', async () => {
    const called = routes.filter(({ isCatchAll }) => !isCatchAll).map(({ path }) => path)
    expect(Object.keys(paths).sort()).toEqual(called.sort())
    for (const { contract, path } of await listApiCalls()) {
      expect(contract.path).toBe(path)
      expect(paths[path]).toHaveProperty(contract.method.toLowerCase())
    }
    const documented = Object.values(paths).flatMap(Object.keys).length
    // The files that arrived from WeChat and the two calls of the qun API have no envelope.
    expect(documented).toBe((await listApiCalls()).length + 3)
  })

  it('A1: has the nine calls of the document at the root, in its order, and extensions under /v1', () => {
    const calls = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    )
    expect(calls.filter((call) => !/\/(v1|wxbot)\//.test(call))).toEqual([
      'post /robots',
      'get /robots/{robot_id}',
      'delete /robots/{robot_id}',
      'post /robots/{robot_id}/login',
      'post /robots/{robot_id}/rooms/sync',
      'get /robots/{robot_id}/rooms',
      'post /robots/{robot_id}/message',
      'post /robots/{robot_id}/logout',
      'get /robots/{robot_id}/rooms/active',
    ])
  })

  it('A1: leaves room for added fields in answers', () => {
    expect(JSON.stringify(document)).not.toContain('additionalProperties')
  })

  it('A5: explains every code that can be answered, and the twelve of the document', () => {
    const explained = documentedCodes.map(({ retCode }) => retCode)
    expect(explained).toEqual([0, 2000, 1205, 1102, 1, -1, -1000, -1001, -1002, -1003, -1004, -1005, -1006])
    expect(explained).toEqual(expect.arrayContaining(Object.values(retCodes)))
    for (const { retCode, name } of documentedCodes)
      expect(document.info.description).toContain(`| ${retCode} | ${name}`)
  })

  it('A5: says for each call which codes it can answer', async () => {
    for (const { contract } of await listApiCalls())
      for (const code of errorsOf(contract)) {
        const answer = { retCode: retCodes[code], errorMsg: '…' }
        const statuses = Object.keys(paths[contract.path]?.[contract.method.toLowerCase()]?.['responses'] ?? {})
        expect(statuses.some((status) => findDeparture(contract, Number(status), answer) === null)).toBe(true)
      }
  })

  it('A6: publishes the statuses of a robot', () => {
    const robot = document.components?.schemas?.['Robot'] as { properties: { status: { enum: string[] } } }
    expect(robot.properties.status.enum).toEqual([
      'offline',
      'waiting_scan',
      'waiting_confirm',
      'online',
      'reconnecting',
    ])
    for (const status of robot.properties.status.enum) expect(document.info.description).toContain(`| ${status} |`)
  })

  it('tells of both callbacks', () => {
    expect(document.webhooks).toHaveProperty('send_message')
    expect(paths['/robots/{robot_id}/login']?.['post']).toHaveProperty('callbacks.login')
  })

  it('has a sample for every parameter and a line for the terminal for every call', async () => {
    for (const { contract } of await listApiCalls()) {
      const operation = paths[contract.path]?.[contract.method.toLowerCase()]
      expect(operation?.['description']).toContain('```sh\ncurl -s')
      for (const name of Object.keys(contract.parameters.shape))
        expect(operation?.['description']).toContain(`"${name}":`)
    }
  })
})

describe('the check that tests hold answers to', () => {
  const show = { method: 'GET', path: '/robots/{robot_id}' }
  const robot = { id: 'rbt_1', status: 'online', username: 'a', nickname: '' }
  const answer = (data: object) => ({ retCode: 0, errorMsg: '', data })

  it('lets the documented answer pass, and no other', () => {
    expect(findDeparture(show, 200, answer({ robot }))).toBeNull()
    expect(findDeparture(show, 200, answer({ robot: { ...robot, token: 'x' } }))).toContain('additional')
    expect(findDeparture(show, 200, answer({ robot: { ...robot, status: 'asleep' } }))).not.toBeNull()
    expect(findDeparture(show, 200, { retCode: -1001, errorMsg: '微信群不存在' })).not.toBeNull()
    expect(findDeparture(show, 200, { retCode: -1005, errorMsg: '' })).not.toBeNull()
    expect(findDeparture(show, 418, answer({ robot }))).toContain('418')
  })

  it('tells bodies apart', () => {
    const create = { method: 'POST', path: '/robots' }
    expect(isDocumentedBody(create, { token: 't', username: 'a', other: 1 })).toBe(true)
    expect(isDocumentedBody(create, { token: 't', username: ' ' })).toBe(false)
    expect(isDocumentedBody(create, { token: 't' })).toBe(false)
  })
})
