import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { workers } from '@/lib/db/schema/session'
import { createSealer } from '@/lib/secret'
import { givenApplication } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'
import { runChecks } from '@/cli/doctor-checks'

let database: TestDatabase
let publicUrl: string
const key = { id: 'k1', key: randomBytes(32) }
const server = createServer(({ url }, response) => void response.writeHead(url === '/healthz' ? 200 : 404).end())
beforeAll(async () => {
  database = await createTestDatabase()
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))
  publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.close()
  await database.drop()
})

const check = async (changes = {}) => {
  const env = { PUBLIC_URL: publicUrl, WECHAT: 'simulator', ENCRYPTION_KEY: [key], DATA_DIR: '.', REDIS_URL: undefined }
  const findings = await runChecks(database.db, { ...env, ...changes } as never)
  return Object.fromEntries(findings.map(({ check: name, state, detail }) => [name, `${state}: ${detail}`]))
}

describe('doctor', () => {
  it('finds nothing to change in a working installation, except the durability that tests turn off', async () => {
    await database.db.insert(workers).values({ id: 'wrk_1', hostname: 'test' })
    const findings = await check()
    const { 'postgres durability': durability, ...others } = findings
    expect(durability).toMatch(/^(ok: on|failed: fsync, .*is off)/)
    expect(Object.values(others).filter((text) => text.startsWith('failed'))).toEqual([])
    expect(findings['migrations']).toMatch(/^ok: \d+ applied/)
    expect(findings['disk']).toContain(`on this machine (${hostname()})`)
  })

  it('says what is missing: a worker, a key, a reachable public URL', async () => {
    await database.db.delete(workers)
    const sealed = createSealer([{ id: 'k0', key: randomBytes(32) }]).seal('secret', 'application.signing:app_x')
    await givenApplication(database.db, { id: 'app_x', signingSecretSealed: sealed })
    const findings = await check({ PUBLIC_URL: 'http://127.0.0.1:9' })
    expect(findings['workers']).toMatch(/^failed: none runs/)
    expect(findings['encryption keys']).toMatch(/^failed: ENCRYPTION_KEY lacks k0 \(1 secrets\)/)
    expect(findings['public url']).toMatch(/^failed: .*not reachable/)
  })

  it('warns about a public URL without TLS, and names a Redis that cannot be used', async () => {
    const url = publicUrl.replace('127.0.0.1', '127.0.0.2')
    const findings = await check({ PUBLIC_URL: url, REDIS_URL: 'redis://127.0.0.1:9' })
    expect(findings['redis']).toMatch(/^failed: no server listens on 127.0.0.1:9/)
    expect(findings['public url']).toMatch(/^warning: .*use https/)
  })
})
