import { createTenant } from '@/e2e/create-tenant'
import { sendRaw } from '@/e2e/send-raw'
import { expect, test } from '@/e2e/test'
import { allContracts } from '@/lib/http/contract/all-contracts'
import { sampleParameters } from '@/lib/http/openapi/curl-sample'

/** A header of page navigation, which the API ignores and with which the thin server leaves a request to Next. */
const throughNext = 'Next-Url: /'
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
/** What differs between two equal calls: the header of the request, the time, the ids of rows that each call creates, and what a call replaces. */
const variable =
  /^(?:X-Request-Id|Date): .*$|(?<="id":")(?:rul|art)_\w+|(?<="changed_at":")[^"]+|(?<="removed_count":)\d+/gim

type Case = { method: string; path: string; headers?: string[]; body?: string }

test('A1, A2, B1: the thin server returns the same status, headers and bytes as Next for each call', async ({
  product,
}) => {
  const { token, createRobot } = await createTenant(product, 'both ways')
  const robotId = await createRobot('both_ways')
  const bearer = [`Authorization: Bearer ${token}`]
  const gzip = [...bearer, 'Accept-Encoding: gzip, deflate, br']
  const fill = (path: string) => path.replace('{robot_id}', robotId).replace(/\{\w+\}/g, 'msg_unknown')
  const paths = [
    ...new Set(allContracts.map(({ path }) => fill(path))),
    '/v1',
    '/v1/x/y',
    '/v1/media/med_unknown',
    '/v1/wecom/unknown/callback',
    '/robots/unknown',
    '/robots/x/y',
    `/robots/${robotId}/rooms/y`,
    '/wxbot',
    '/wxbot/x',
    '/wxbot/qun',
    '/wxbot/qun/membership',
  ]
  const cases: Case[] = [
    ...paths.flatMap((path) =>
      methods.flatMap((method) => [
        { method, path, headers: [] as string[] },
        { method, path, headers: ['X: y'] },
      ]),
    ),
    // Calls that change nothing, or the same at each repetition.
    ...allContracts
      .filter(({ method }) => method === 'GET')
      .flatMap(({ path }) =>
        [bearer, gzip].flatMap((headers) => ['GET', 'HEAD'].map((method) => ({ method, path: fill(path), headers }))),
      ),
    ...allContracts
      .filter(
        ({ method, name }) =>
          method === 'POST' &&
          !/^(?:login|createRobot|createQuickReply|createAlertChannel|createEndpoint|rollEndpointSecret|testEndpoint|sendMessage)/.test(
            name,
          ),
      )
      .map((contract) => ({
        method: 'POST',
        path: fill(contract.path),
        headers: bearer,
        body: JSON.stringify(sampleParameters(contract)),
      })),
    ...['', '{', '[]', '{"token":1}', `{"token":"${token}"}`, `{"token":"${token}","username":"both_ways"}`].map(
      (body) => ({ method: 'POST', path: '/robots', body }),
    ),
    ...[
      `?token=${token}`,
      `?token=${token}&token=x`,
      `?token=${token}&a=%E5%AE%8B&b=+&c=%zz`,
      `?TOKEN=${token}`,
      `?token=${token}#x`,
      '?token=%20%2B+x',
      '?token',
      '?',
      '??token=x',
      '?token=\'"<>\\^`{|}',
      `?_rsc=1&token=${token}`,
    ].map((query) => ({ method: 'GET', path: `/robots/${robotId}${query}` })),
    ...['%00', '..%2f..%2fx', "'", '%E7%BE%A4', 'a.rsc', 'a.b', '~', 'a;b', '%72', `${robotId}/%72ooms`].map((id) => ({
      method: 'GET',
      path: `/robots/${id}`,
      headers: bearer,
    })),
    ...['a=1&code=x', '{"code":"x"}', 'code=%CB%CE', '\u0000', '{"owner":"a","owner":"b"}'].map((body) => ({
      method: 'POST',
      path: '/wxbot/qun',
      body,
    })),
  ]
  for (const { method, path, headers = [], body = '' } of cases) {
    const send = (more: string[]) =>
      sendRaw(product.baseURL, `${method} ${path} HTTP/1.1`, {
        headers: ['Host: 127.0.0.1', ...headers, ...more],
        body,
      })
    const direct = (await send([])).replace(variable, '$1')
    const byNext = (await send([throughNext])).replace(variable, '$1')
    expect.soft(direct, `${method} ${path} ${headers.join(' ')} ${body}`).toBe(byNext)
  }
})

test('A2: a connection that is kept open serves requests of both routers in order', async ({ product }) => {
  const requests = ['/robots/x', '/openapi.json', '/v1/x', '/healthz', '/robots/x/rooms']
    .flatMap((path) => [
      `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`,
      `GET ${path} HTTP/1.1\r\nHost: a\r\n${throughNext}\r\n\r\n`,
    ])
    .join('')
  const received = await sendRaw(product.baseURL, `${requests}GET /robots/last HTTP/1.1`)
  expect(received.match(/HTTP\/1\.1 \d+ \w/g)).toHaveLength(11)
})
