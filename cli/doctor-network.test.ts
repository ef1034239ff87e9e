import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkCertificate, checkEgress, checkPublicClock, judgeCertificate } from '@/cli/doctor-network'
import { testCertificate } from '@/cli/testing/test-certificate'
import { connectors } from '@/lib/db/schema/connector'
import { replySettings } from '@/lib/db/schema/reply'
import { givenApplication, givenConnector } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

let database: TestDatabase
let httpUrl: string
let tlsUrl: string
let lagMs = 0
const servers: Server[] = []
const listen = async (server: Server, scheme: string) => {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`
}
beforeAll(async () => {
  database = await createTestDatabase()
  const plain = createServer((_request, response) => {
    response.setHeader('Date', new Date(Date.now() - lagMs).toUTCString()).end()
  })
  httpUrl = await listen(plain, 'http')
  tlsUrl = await listen(
    createTlsServer(testCertificate, (_request, response) => void response.end()),
    'https',
  )
})
afterAll(async () => {
  for (const server of servers) server.close()
  await database.drop()
})

const dead = 'http://127.0.0.1:9'
const egress = async (env: { WECHAT: 'real' | 'simulator'; WECOM_ORIGIN?: string }) => {
  const findings = await checkEgress(database.db, { WECOM_ORIGIN: undefined, ...env })
  return findings.map(({ check, state, detail }) => `${check} ${state}: ${detail}`).toSorted()
}
const givenModel = async (modelUrl: string, usesModel = true) => {
  const applicationId = await givenApplication(database.db)
  await database.db.insert(replySettings).values({ applicationId, usesModel, modelUrl })
}

describe('doctor reaches', () => {
  it('nothing that the installation does not use', async () => {
    expect(await egress({ WECHAT: 'simulator' })).toEqual(['egress wechat ok: not needed: WECHAT=simulator'])
  })

  it('WeCom if it has a connector, each gateway, and each model that is used', async () => {
    await givenConnector(database.db, { type: 'wecom' })
    await givenConnector(database.db, { type: 'wecom' })
    await givenConnector(database.db, { type: 'gateway', settings: { baseUrl: httpUrl } })
    await givenConnector(database.db, { type: 'gateway', settings: { baseUrl: dead } })
    await givenModel(`${tlsUrl}/v1`)
    await givenModel(dead, false)
    const host = (url: string) => new URL(url).host
    expect(await egress({ WECHAT: 'simulator', WECOM_ORIGIN: httpUrl })).toEqual([
      expect.stringMatching(/^egress gateway failed: 127\.0\.0\.1:9 is not reachable from here \(ECONNREFUSED\)/),
      `egress gateway ok: ${host(httpUrl)} accepts connections`,
      expect.stringMatching(/^egress model failed: .* a certificate that is not trusted \(.*SELF_SIGNED.*\)/),
      'egress wechat ok: not needed: WECHAT=simulator',
      `egress wecom ok: ${host(httpUrl)} accepts connections`,
    ])
  })

  it('a maximum of 20 services', async () => {
    await database.db.delete(connectors)
    for (let count = 0; count < 25; count++)
      await givenConnector(database.db, { type: 'gateway', settings: { baseUrl: `http://127.0.0.1:9/${count}` } })
    expect(await egress({ WECHAT: 'simulator' })).toHaveLength(21)
  })
})

describe('the certificate of PUBLIC_URL', () => {
  const nowMs = Date.parse('2026-01-01T00:00:00Z')
  it.each([
    ['a month before its end', '2026-02-01', null, 'ok: expires on 2026-02-01, in 31 days'],
    ['two weeks before its end', '2026-01-14T23:00:00Z', null, 'warning: it expires on 2026-01-14, in 13 days: '],
    ['after its end', '2025-12-31', 'CERT_HAS_EXPIRED', 'failed: it expired on 2025-12-31: renew it'],
    [
      'of another host',
      '2027-01-01',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'failed: it is not valid (ERR_TLS_CERT_ALTNAME_INVALID)',
    ],
  ])('%s', (_case, expiresAt, problem, expected) => {
    const { state, detail } = judgeCertificate({ expiresAt: new Date(expiresAt), problem }, nowMs)
    expect(`${state}: ${detail}`).toContain(expected)
  })

  it.each([
    ['is read although it is not trusted', () => tlsUrl, /not valid \(\w*SELF_SIGNED\w*\) and expires on 2126-/],
    ['is missing if the server does not speak TLS', () => httpUrl.replace('http', 'https'), /opens no TLS session/],
    ['is not needed without https', () => httpUrl, /^none: PUBLIC_URL is not https/],
  ])('%s', async (_case, url, expected) => {
    expect((await checkCertificate({ PUBLIC_URL: url() })).detail).toMatch(expected)
  })
})

describe('the clock of the server of PUBLIC_URL', () => {
  it.each([
    ['the same time', 0, () => httpUrl, 'ok'],
    ['an hour later', -3_600_000, () => httpUrl, 'failed'],
    ['a minute earlier', 60_000, () => httpUrl, 'failed'],
    ['no response', 0, () => dead, 'warning'],
  ])('%s', async (_case, ms, url, state) => {
    lagMs = ms
    expect(await checkPublicClock({ PUBLIC_URL: url() })).toMatchObject({ state })
  })
})
