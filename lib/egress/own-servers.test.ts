import { randomBytes } from 'node:crypto'
import { networkInterfaces } from 'node:os'
import { describe, expect, it } from 'vitest'
import { parseEnv } from '@/lib/env'
import { checkUrl } from '@/lib/egress/check-url'
import { createEgressPolicy, openEgressPolicy } from '@/lib/egress/create-egress-policy'

const names: Record<string, string[]> = {
  'db.internal': ['10.0.0.7'],
  'alias.internal': ['10.0.0.7'],
  'cache.internal': ['fd00::9'],
  localhost: ['127.0.0.1', '::1'],
}
const policy = createEgressPolicy({
  allow: ['0.0.0.0/0', '::/0'],
  ownPorts: [],
  ownServers: [
    { hostname: 'db.internal', port: 5432 },
    { hostname: 'cache.internal', port: 6379 },
    { hostname: 'localhost', port: 5433 },
    { hostname: '[fd00::10]', port: 6380 },
  ],
  resolveHost: async (hostname) => names[hostname] ?? [],
})
const mine = Object.values(networkInterfaces())
  .flatMap((list) => list ?? [])
  .filter(({ internal, family }) => !internal && family === 'IPv4')
  .map(({ address }) => `http://${address}:5433/`)

describe('our own Postgres and Redis are refused even if everything is allowed', () => {
  it.each([
    'http://db.internal:5432/',
    'http://DB.internal.:5432/',
    'http://alias.internal:5432/',
    'http://10.0.0.7:5432/',
    'http://[::ffff:10.0.0.7]:5432/',
    'http://[fd00::9]:6379/',
    'http://cache.internal:6379/',
    'http://[fd00::10]:6380/',
    'http://127.0.0.1:5433/',
    'http://[::1]:5433/',
    ...mine,
  ])('%s', async (url) => expect(await checkUrl(policy, url)).toMatchObject({ ok: false }))

  it.each(['http://db.internal:8080/', 'http://10.0.0.8:5432/', 'http://[fd00::9]:5432/', 'http://127.0.0.1:5432/'])(
    'an address that only resembles one of them is accepted: %s',
    async (url) => expect(await checkUrl(policy, url)).toMatchObject({ ok: true }),
  )
})

it('the policy of an installation includes its database, queue, simulator and ports', async () => {
  const env = parseEnv({
    DATABASE_URL: 'postgres://wxbot:x@127.0.0.1:6000/wxbot',
    REDIS_URL: 'redis://127.0.0.1',
    PUBLIC_URL: 'http://wxbot.test',
    WECHAT: 'simulator',
    WECHAT_ORIGIN: 'http://127.0.0.1:3002',
    ILINK_ORIGIN: 'http://127.0.0.1:3004',
    WECOM_ORIGIN: 'http://127.0.0.1:3005',
    ENCRYPTION_KEY: `k1:${randomBytes(32).toString('base64')}`,
    AUTH_SECRET: randomBytes(32).toString('hex'),
    EGRESS_ALLOW: '127.0.0.0/8',
  })
  const installed = openEgressPolicy(env)
  for (const port of [6000, 6379, 3002, 3004, 3005, 3000, 3001])
    expect(await checkUrl(installed, `http://127.0.0.1:${port}/`), String(port)).toMatchObject({ ok: false })
  expect(await checkUrl(installed, 'http://127.0.0.1:9000/')).toMatchObject({ ok: true })
})
