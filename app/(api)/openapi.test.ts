import { Validator } from '@seriousme/openapi-schema-validator'
import { beforeAll, describe, expect, it } from 'vitest'
import { errorsOf } from '@/lib/http/contract/contract'
import { buildDocument } from '@/lib/http/openapi/build-document'
import { documentedCodes } from '@/lib/http/openapi/documented-codes'
import { retCodes } from '@/lib/http/robots-wire-codes'
import { findMismatch, isDocumentedBody } from '@/lib/testing/document-check'
import { type ApiRoute, listApiCalls, listApiRoutes } from '@/lib/testing/list-api-routes'

const document = buildDocument({ publicUrl: 'https://wxbot.example' })
const paths = document.paths as Record<string, Record<string, Record<string, unknown>>>
let routes: ApiRoute[]
beforeAll(async () => {
  routes = await listApiRoutes()
})

describe('the OpenAPI document', () => {
  it('the OpenAPI document is valid OpenAPI 3.1', async () => {
    expect(document.openapi).toMatch(/^3\.1\./)
    expect(await new Validator().validate(JSON.parse(JSON.stringify(document)))).toMatchObject({
      valid: true,
    })
  })

  it('names exactly the existing routes', async () => {
    // A connector's callback URL is called by its service only, and its path is a secret.
    const isOfClients = ({ isCatchAll, path }: (typeof routes)[number]) =>
      !isCatchAll && !path.endsWith('/{key}/callback')
    const called = routes.filter(isOfClients).map(({ path }) => path)
    expect(Object.keys(paths).sort()).toEqual(called.sort())
    for (const { contract, path } of await listApiCalls()) {
      expect(contract.path).toBe(path)
      expect(paths[path]).toHaveProperty(contract.method.toLowerCase())
    }
    const documented = Object.values(paths).flatMap(Object.keys).length
    // Media and the two calls of the qun API have no envelope.
    expect(documented).toBe((await listApiCalls()).length + 3)
  })

  it('A1: the OpenAPI document has the nine documented calls in order, and extensions under /v1', () => {
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

  it('A1: allows additional fields in responses', () => {
    expect(JSON.stringify(document)).not.toContain('additionalProperties')
  })

  it('A5: explains every returned code and the twelve documented ones', () => {
    const explained = documentedCodes.map(({ retCode }) => retCode)
    expect(explained).toEqual([0, 2000, 1205, 1102, 1, -1, -1000, -1001, -1002, -1003, -1004, -1005, -1006])
    expect(explained).toEqual(expect.arrayContaining(Object.values(retCodes)))
    for (const { retCode, name } of documentedCodes)
      expect(document.info.description).toContain(`| ${retCode} | ${name}`)
  })

  it('A5: lists the codes of each call', async () => {
    for (const { contract } of await listApiCalls())
      for (const code of errorsOf(contract)) {
        const response = { retCode: retCodes[code], errorMsg: '…' }
        const statuses = Object.keys(paths[contract.path]?.[contract.method.toLowerCase()]?.['responses'] ?? {})
        expect(statuses.some((status) => findMismatch(contract, Number(status), response) === null)).toBe(true)
      }
  })

  it('A6: lists the statuses of a robot', () => {
    const robot = document.components?.schemas?.['Robot'] as { properties: { status: { enum: string[] } } }
    expect(robot.properties.status.enum).toEqual([
      'offline',
      'waiting_scan',
      'waiting_code',
      'waiting_confirm',
      'online',
      'reconnecting',
    ])
    for (const status of robot.properties.status.enum) expect(document.info.description).toContain(`| ${status} |`)
  })

  it('documents both callbacks', () => {
    expect(document.webhooks).toHaveProperty('send_message')
    expect(paths['/robots/{robot_id}/login']?.['post']).toHaveProperty('callbacks.login')
  })

  it('the OpenAPI document has a sample for every parameter and a curl command for every call', async () => {
    for (const { contract } of await listApiCalls()) {
      const operation = paths[contract.path]?.[contract.method.toLowerCase()]
      expect(operation?.['description']).toContain('```sh\ncurl -s')
      const names = Object.keys(contract.parameters.shape)
      const isPost = contract.method === 'POST'
      const query = (operation?.['parameters'] ?? []) as { name: string; in: string }[]
      const documented = isPost
        ? names.filter((name) => String(operation?.['description']).includes(`"${name}":`))
        : query.flatMap((parameter) => (parameter.in === 'query' ? [parameter.name] : []))
      expect(documented).toEqual(names)
    }
  })
})

describe('the response check that other tests use', () => {
  const show = { method: 'DELETE', path: '/robots/{robot_id}' }
  const robot = { id: 'rbt_1', status: 'online', username: 'a', nickname: '' }
  const response = (data: object) => ({ retCode: 0, errorMsg: '', data })

  it('accepts only the documented response', () => {
    expect(findMismatch(show, 200, response({ robot }))).toBeNull()
    expect(findMismatch(show, 200, response({ robot: { ...robot, token: 'x' } }))).toContain('additional')
    expect(findMismatch(show, 200, response({ robot: { ...robot, status: 'asleep' } }))).not.toBeNull()
    expect(findMismatch(show, 200, { retCode: -1001, errorMsg: '微信群不存在' })).not.toBeNull()
    expect(findMismatch(show, 200, { retCode: -1005, errorMsg: '' })).not.toBeNull()
    expect(findMismatch(show, 418, response({ robot }))).toContain('418')
  })

  it('distinguishes bodies', () => {
    const create = { method: 'POST', path: '/robots' }
    expect(isDocumentedBody(create, { token: 't', username: 'a', other: 1 })).toBe(true)
    expect(isDocumentedBody(create, { token: 't', username: ' ' })).toBe(false)
    expect(isDocumentedBody(create, { token: 't' })).toBe(false)
  })
})
