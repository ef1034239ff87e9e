import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { fileTypeFromBuffer } from 'file-type'
import sharp from 'sharp'
import { afterEach, describe, expect, it } from 'vitest'
import { createEgressPolicy } from '@/lib/egress/create-egress-policy'
import { fetchImage as fetchImageLink } from '@/lib/egress/fetch-image'
import { contractText } from '@/lib/sentence'
import { tinyPng } from '@/lib/testing/tiny-png'

const stops: Array<() => unknown> = []
afterEach(async () => void (await Promise.all(stops.splice(0).map((stop) => stop()))))

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  stops.push(() => server.close().closeAllConnections())
  return (server.address() as AddressInfo).port
}
async function fetchImage(options: Parameters<typeof fetchImageLink>[0]) {
  const image = await fetchImageLink(options)
  return image.ok ? image : { ok: false as const, reason: contractText(image.sentence) }
}
const loopback = createEgressPolicy({ allow: ['127.0.0.1'], ownPorts: [] })

describe('fetchImage', () => {
  it('detects the type from the bytes, not from the headers', async () => {
    const port = await serve((_request, response) => response.setHeader('content-type', 'text/html').end(tinyPng))
    const image = await fetchImage({ policy: loopback, url: `http://127.0.0.1:${port}/a.txt` })
    expect(image).toEqual({ ok: true, bytes: tinyPng, contentType: 'image/png' })
  })

  it.each([
    ['is not an image', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 200, /不是图片/],
    ['is empty', Buffer.alloc(0), 200, /不是图片/],
    ['is 404', tinyPng, 404, /HTTP 404/],
    ['is too big', Buffer.concat([tinyPng, Buffer.alloc(3000)]), 200, /超过/],
  ])('refuses a response that %s', async (_why, body, status, reason) => {
    const port = await serve((_request, response) => response.writeHead(status).end(body))
    const image = await fetchImage({ policy: loopback, url: `http://127.0.0.1:${port}/`, maxBytes: 2048 })
    expect(image).toEqual({ ok: false, reason: expect.stringMatching(reason) })
  })

  const picture = (channels: 3 | 4) =>
    sharp({ create: { width: 30, height: 20, channels, background: { r: 200, g: 30, b: 30, alpha: 0.5 } } })

  it.each([
    ['a WebP', () => picture(3).webp(), 'image/jpeg'],
    ['a transparent WebP', () => picture(4).webp(), 'image/png'],
    ['an AVIF', () => picture(3).avif(), 'image/jpeg'],
  ])('%s is converted to a format that WeChat shows as an image', async (_what, make, contentType) => {
    const body = await make().toBuffer()
    const port = await serve((_request, response) => response.end(body))
    const image = await fetchImage({ policy: loopback, url: `http://127.0.0.1:${port}/a.webp` })
    expect(image).toMatchObject({ ok: true, contentType })
    const bytes = image.ok ? image.bytes : Buffer.alloc(0)
    expect((await fileTypeFromBuffer(bytes))?.mime).toBe(contentType)
    // The conversion has disabled the decoders that it does not need.
    sharp.unblock({ operation: ['VipsForeignLoad'] })
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 30, height: 20 })
  })

  it('an image with too many pixels is refused by its header', async () => {
    const bomb = await sharp({ create: { width: 16_000, height: 4_000, channels: 3, background: 'red' } })
      .webp({ effort: 0 })
      .toBuffer()
    const port = await serve((_request, response) => response.end(bomb))
    expect(await fetchImage({ policy: loopback, url: `http://127.0.0.1:${port}/` })).toEqual({
      ok: false,
      reason: expect.stringMatching(/像素太多/),
    })
  })

  it.each([
    ['a TIFF', () => picture(3).tiff().toBuffer(), /不能显示 TIF 图片，请用 PNG/],
    [
      'a HEIC',
      async () => Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(64)]),
      /不能显示 HEIC 图片/,
    ],
    [
      'an icon',
      async () => Buffer.concat([Buffer.from([0, 0, 1, 0, 1, 0, 16, 16]), Buffer.alloc(64)]),
      /不能显示 ICO 图片/,
    ],
    ['a truncated WebP', async () => (await picture(3).webp().toBuffer()).subarray(0, 40), /已损坏/],
  ])('%s is refused, and the error names the supported formats', async (_what, make, reason) => {
    const body = await make()
    const port = await serve((_request, response) => response.end(body))
    const image = await fetchImage({ policy: loopback, url: `http://127.0.0.1:${port}/` })
    expect(image).toEqual({ ok: false, reason: expect.stringMatching(reason) })
  })

  it.each([
    ['gzip', gzipSync(tinyPng)],
    ['X-GZIP', gzipSync(tinyPng)],
    ['br', brotliCompressSync(tinyPng)],
    ['deflate', deflateSync(tinyPng)],
    ['deflate', deflateRawSync(tinyPng)],
    ['gzip, br', brotliCompressSync(gzipSync(tinyPng))],
    ['identity', tinyPng],
    ['gzip', tinyPng],
  ])('an image with an unrequested encoding %s is decoded', async (encoding, body) => {
    const port = await serve((_request, response) => response.setHeader('content-encoding', encoding).end(body))
    const image = await fetchImage({ policy: loopback, url: `http://127.0.0.1:${port}/` })
    expect(image).toEqual({ ok: true, bytes: tinyPng, contentType: 'image/png' })
  })

  it.each([
    ['gzip', gzipSync(Buffer.alloc(5_000_000)), /解压后超过/],
    ['gzip, gzip', gzipSync(gzipSync(Buffer.alloc(5_000_000))), /解压后超过/],
    ['br', brotliCompressSync(Buffer.alloc(5_000_000)), /解压后超过/],
    ['gzip', Buffer.from('no gzip'), /已损坏/],
    ['zstd', Buffer.from('zstd'), /以 zstd 压缩/],
    ['gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(tinyPng))), /无法解压/],
    ['gzip', gzipSync(Buffer.from('<svg/>')), /不是图片/],
  ])('a body with encoding %s that is not a valid image is refused', async (encoding, body, reason) => {
    const port = await serve((_request, response) => response.setHeader('content-encoding', encoding).end(body))
    const image = await fetchImage({ policy: loopback, url: `http://127.0.0.1:${port}/`, maxBytes: 1_048_576 })
    expect(image).toEqual({ ok: false, reason: expect.stringMatching(reason) })
  })

  it('limits the size of a response without Content-Length', async () => {
    const port = await serve((_request, response) => {
      response.on('error', () => {})
      const pour = () => response.writable && response.write(Buffer.alloc(1024), pour)
      pour()
    })
    const image = await fetchImage({ policy: loopback, url: `http://127.0.0.1:${port}/`, maxBytes: 8192 })
    expect(image).toEqual({ ok: false, reason: expect.stringMatching(/超过/) })
  })

  it('follows a maximum of three redirects', async () => {
    const port = await serve((request, response) => {
      const left = Number(request.url?.slice(1))
      if (left === 0) return response.end(tinyPng)
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

  it('stops at the deadline, also while the body arrives', async () => {
    const port = await serve((_request, response) => void response.writeHead(200).write(tinyPng.subarray(0, 20)))
    const image = await fetchImage({ policy: loopback, url: `http://127.0.0.1:${port}/`, timeoutMs: 80 })
    expect(image).toEqual({ ok: false, reason: expect.stringMatching(/秒内没有/) })
  })

  it('states that a name is unknown or a connection is refused', async () => {
    const policy = createEgressPolicy({ allow: ['127.0.0.1'], ownPorts: [], resolveHost: () => Promise.reject() })
    expect(await fetchImage({ policy, url: 'http://gone.example/' })).toMatchObject({
      reason: expect.stringMatching(/无法解析/),
    })
    expect(await fetchImage({ policy, url: 'http://127.0.0.1:9/' })).toMatchObject({
      reason: expect.stringMatching(/ECONNREFUSED/),
    })
  })
})
