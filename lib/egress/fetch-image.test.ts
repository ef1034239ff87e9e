import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createEgressPolicy } from './create-egress-policy'
import { fetchImage } from './fetch-image'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const stops: Array<() => unknown> = []
afterEach(async () => void (await Promise.all(stops.splice(0).map((stop) => stop()))))

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => server.close().closeAllConnections())
  return (server.address() as AddressInfo).port
}
const loopback = createEgressPolicy({ allow: ['127.0.0.1'], ownPorts: [] })

describe('fetchImage', () => {
  it('tells the type by the bytes, whatever the server says', async () => {
    const port = await serve((_request, response) => response.setHeader('content-type', 'text/html').end(png))
    const image = await fetchImage({ policy: loopback, url: `http://127.0.0.1:${port}/a.txt` })
    expect(image).toEqual({ ok: true, bytes: png, contentType: 'image/png' })
  })

  it.each([
    ['is no image', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 200, /不是图片/],
    ['is empty', Buffer.alloc(0), 200, /不是图片/],
    ['is not there', png, 404, /HTTP 404/],
    ['is too big', Buffer.concat([png, Buffer.alloc(3000)]), 200, /超过/],
  ])('refuses what %s', async (_why, body, status, reason) => {
    const port = await serve((_request, response) => response.writeHead(status).end(body))
    const image = await fetchImage({ policy: loopback, url: `http://127.0.0.1:${port}/`, maxBytes: 2048 })
    expect(image).toEqual({ ok: false, reason: expect.stringMatching(reason) })
  })

  it('counts what comes without a content-length', async () => {
    const port = await serve((_request, response) => {
      response.on('error', () => {})
      const pour = () => response.writable && response.write(Buffer.alloc(1024), pour)
      pour()
    })
    const image = await fetchImage({ policy: loopback, url: `http://127.0.0.1:${port}/`, maxBytes: 8192 })
    expect(image).toEqual({ ok: false, reason: expect.stringMatching(/超过/) })
  })

  it('follows three redirects, not four', async () => {
    const port = await serve((request, response) => {
      const left = Number(request.url?.slice(1))
      if (left === 0) return response.end(png)
      return response.writeHead(302, { location: `/${left - 1}` }).end('moved')
    })
    expect(await fetchImage({ policy: loopback, url: `http://127.0.0.1:${port}/3` })).toMatchObject({ ok: true })
    expect(await fetchImage({ policy: loopback, url: `http://127.0.0.1:${port}/4` })).toMatchObject({ ok: false })
  })

  it.each(['http://10.0.0.1/', 'http://169.254.169.254/', 'file:///etc/passwd', 'http://u:p@127.0.0.1/', '//[::1]:1/'])(
    'a redirect to %s is refused',
    async (location) => {
      const port = await serve((_request, response) => response.writeHead(302, { location }).end())
      const image = await fetchImage({ policy: loopback, url: `http://127.0.0.1:${port}/` })
      expect(image).toEqual({ ok: false, reason: expect.stringMatching(/不允许|不能|只支持/) })
    },
  )

  it('gives up at the deadline, in the middle of the body too', async () => {
    const port = await serve((_request, response) => void response.writeHead(200).write(png.subarray(0, 20)))
    const image = await fetchImage({ policy: loopback, url: `http://127.0.0.1:${port}/`, timeoutMs: 80 })
    expect(image).toEqual({ ok: false, reason: expect.stringMatching(/秒内没有/) })
  })

  it('says so when the name is unknown or nobody listens', async () => {
    const policy = createEgressPolicy({ allow: ['127.0.0.1'], ownPorts: [], resolveHost: () => Promise.reject() })
    expect(await fetchImage({ policy, url: 'http://gone.example/' })).toMatchObject({
      reason: expect.stringMatching(/无法解析/),
    })
    expect(await fetchImage({ policy, url: 'http://127.0.0.1:9/' })).toMatchObject({
      reason: expect.stringMatching(/ECONNREFUSED/),
    })
  })
})
