import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { resolve } from 'node:path'
import { fillAddress } from '@/lib/testing/list-addresses'
import { openSocket, sendRaw } from '@/e2e/send-raw'
import { startProduct } from '@/e2e/start-product'
import { expect, test } from '@/e2e/test'

const manifest = resolve(import.meta.dirname, '../.next/app-path-routes-manifest.json')
const routes = Object.values(JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, string>)
/** Calls whose body may contain an image or file of 10 MiB. */
const uploads =
  /^\/(api\/dashboard\/(conversations\/[^/]+\/messages|applications\/[^/]+\/rules(\/[^/]+)?)|v1\/(robots\/[^/]+\/messages|conversations\/[^/]+\/reply|rules(\/[^/]+)?))$/
const addresses = [...new Set(routes.map((route) => fillAddress(route)))].sort()

test('A2: every route of the build rejects a chunked body of 2 MiB', async ({ product }) => {
  expect(addresses.length).toBeGreaterThan(70)
  const isCall = (path: string) => /^\/(robots|v1|wxbot|api)(\/|$)/.test(path)
  for (const path of addresses)
    for (const method of ['POST', 'GET']) {
      const isUpload = method === 'POST' && uploads.test(path)
      const chunkedBytes = (isUpload ? 15 : 2) * 1024 * 1024
      const response = await sendRaw(product.baseURL, `${method} ${path} HTTP/1.1`, { chunkedBytes })
      const status =
        /^\/_|\.\w+$/.test(path) || method === 'GET' || isCall(path) ? /^HTTP\/1\.1 (413|404|405) / : /^HTTP\/1\.1 405 /
      expect.soft(response, `${method} ${path}`).toMatch(isCall(path) ? /^HTTP\/1\.1 413 / : status)
      expect.soft(response, `${method} ${path}`).toContain('Connection: close')
    }
})

test('idle, incomplete and unread connections are closed within 30 seconds', async ({ product, request }) => {
  // Next.js registers its upgrade handler, if any, when it serves the first page.
  expect((await request.get('/dashboard/sign-in')).status()).toBe(200)
  const head = 'Host: 127.0.0.1\r\n'
  const beginnings = [
    '',
    'garbage\r\n\r\n',
    `GET /robots HTTP/1.1\r\n${head}`,
    `POST /robots HTTP/1.1\r\n${head}Content-Length: 100\r\n\r\n{`,
    `POST /api/auth/callback/credentials HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\n1\r\nx`,
    `GET /dashboard HTTP/1.1\r\n${head}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    `GET /_next/webpack-hmr HTTP/1.1\r\n${head}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    `GET /robots HTTP/1.1\r\n${head}Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n`,
    `GET /dashboard/sign-in HTTP/1.1\r\n${head}\r\n`,
  ]
  const open = new Map<Socket, string>()
  for (const beginning of beginnings)
    for (let count = 0; count < 20; count++) {
      const socket = openSocket(product.baseURL).resume()
      open.set(socket, beginning)
      for (const event of ['end', 'close']) socket.once(event, () => open.delete(socket))
      if (beginning) socket.write(beginning)
    }
  // A client that requests many large responses and reads none.
  const unread = openSocket(product.baseURL).pause()
  open.set(unread, 'unread')
  unread.once('close', () => open.delete(unread))
  unread.write(`GET /docs/reference.js HTTP/1.1\r\n${head}\r\n`.repeat(40))
  const probe = setInterval(() => unread.writable && unread.write('x'), 1000)
  await expect.poll(() => [...new Set(open.values())], { timeout: 40_000 }).toEqual([])
  clearInterval(probe)
})

test('A2: malformed targets and hosts return the envelope for every method', async ({ product }) => {
  const ask = (line: string, headers?: string[]) => sendRaw(product.baseURL, line, headers ? { headers } : {})
  for (const method of ['GET', 'POST', 'DELETE'])
    for (const path of [
      '//robots/rbt_1',
      '/robots//rbt_1',
      '/\\v1/x',
      '/%72obots',
      '/docs/../v1',
      '/v1/',
      'http://a//robots/x',
    ])
      expect
        .soft(await ask(`${method} ${path} HTTP/1.1`), `${method} ${path}`)
        .toMatch(/^HTTP\/1\.1 404 [^]*"retCode":-1006/)
  for (const path of ['//wxbot/qun', '/wxbot', '/wxbot/', '/wxbot/x'])
    expect.soft(await ask(`POST ${path} HTTP/1.1`), path).toMatch(/^HTTP\/1\.1 404 [^]*"error":\{"code":1001/)
  expect(await ask('GET /robots/rbt_1 HTTP/1.1', [])).toMatch(/^HTTP\/1\.1 400 [^]*"retCode":-1005/)
  expect(await ask('GET /robots/rbt_1 HTTP/1.0', [])).toMatch(/^HTTP\/1\.1 200 [^]*"retCode":-1005/)
  expect(await ask('GET http://evil.example/robots/rbt_1 HTTP/1.1')).toMatch(/^HTTP\/1\.1 200 [^]*"retCode":-1005/)
  expect(await ask('POST /wxbot/qun HTTP/1.1', ['Host: evil.example'])).toMatch(/^HTTP\/1\.1 403 [^]*"code":1008/)
})

test('every 404 response has a content security policy, and a missing page has the policy of pages', async ({
  request,
}) => {
  for (const path of ['/nope', '/robotsfoo', '/docsx', '/docs/x', '/icon-foo', '/api/x', '/weiqun', '/readyz/x'])
    expect
      .soft([path, (await request.get(path)).status(), (await request.get(path)).headers()['content-security-policy']])
      .toEqual([path, 404, expect.stringMatching(/script-src 'nonce-[^']+' 'strict-dynamic'/)])
  for (const path of [
    '/_next/static/nope.js',
    '/_next/image?url=%2Ficon.svg&w=640&q=75',
    '/v1/nope',
    '/weiqun/a/b/c',
    '/qr/nope',
    '/no%ff',
  ])
    expect.soft([path, (await request.get(path)).status(), (await request.get(path)).headers()]).toEqual([
      path,
      404,
      expect.objectContaining({
        'content-security-policy': expect.stringMatching(/default-src '(none|self)'/),
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
      }),
    ])
})

test('line breaks in unauthenticated requests cannot forge log lines', async () => {
  const product = await startProduct()
  try {
    const broken = '%0aFORGED%0d%0aFORGED'
    for (const path of [
      `/dashboard/${broken}`,
      `/_next/image?url=${broken}&w=640&q=75`,
      `/api/auth/callback/credentials?callbackUrl=${broken}`,
      `/api/auth/${broken}`,
      `/api/auth/error?error=${broken}`,
      `/weiqun/${broken}`,
      `/robots/${broken}`,
    ])
      await sendRaw(product.baseURL, `GET ${path} HTTP/1.1`)
    const cookie = `Cookie: next-auth.session-token=${broken}; next-auth.callback-url=${broken}`
    await sendRaw(product.baseURL, 'GET /dashboard HTTP/1.1', { headers: ['Host: 127.0.0.1', cookie] })
    const tree = ['Host: 127.0.0.1', 'RSC: 1', `Next-Router-State-Tree: ${broken}`, `Next-Url: /${broken}`]
    await sendRaw(product.baseURL, 'GET /dashboard/sign-in HTTP/1.1', { headers: tree })
    const json = ['Host: 127.0.0.1', 'Content-Type: application/json']
    const log = { code: 'A\nFORGED', level: 'error', message: 'B\nFORGED' }
    const logged = await sendRaw(product.baseURL, 'POST /api/auth/_log HTTP/1.1', {
      headers: json,
      body: JSON.stringify(log),
    })
    expect(logged).toMatch(/^HTTP\/1\.1 404 /)
    const refused = await sendRaw(product.baseURL, 'POST /api/auth/callback/credentials HTTP/1.1', {
      headers: json,
      body: '{FORGED',
    })
    expect(refused).toMatch(/^HTTP\/1\.1 400 [^]*"code":"INVALID_PARAMETER"/)
    expect(
      product
        .output()
        .split('\n')
        .filter((entry) => entry.startsWith('FORGED')),
    ).toEqual([])
  } finally {
    await product.stop()
  }
})
