import { describe, expect, it } from 'vitest'
import { findEnvProblems, parseEnv } from '@/lib/env'

const good = {
  PUBLIC_URL: 'https://wxbot.example.com',
  DATABASE_URL: 'postgres://wxbot:p%40ss@db.internal:5432/wxbot',
  ENCRYPTION_KEY: `k1:${Buffer.from('0123456789abcdef0123456789ABCDEF').toString('base64')}`,
  AUTH_SECRET: '0123456789abcdef0123456789abcdef',
}
const key = (id: string, bytes: string) => `${id}:${Buffer.from(bytes).toString('base64')}`

/** Invalid values, and words that the message must contain in addition to the variable. */
const bad: Array<[name: string, value: string, words: RegExp]> = [
  ['PORT', '3000 ', /1 to 65535.*whitespace/],
  ['PORT', 'abc', /1 to 65535/],
  ['WORKER_PORT', '65536', /1 to 65535/],
  ['WORKER_PORT', '0x10', /1 to 65535/],
  ['SIMULATOR_PORT', '3e3', /1 to 65535/],
  ['STOP_TIMEOUT_MS', '10s', /1000 to 120000/],
  ['MEDIA_DAYS', '-1', /1 to 3650/],
  ['QUN_DIRECT_LIMIT', '４０', /3 to 500/],
  ['OWN_PORTS', '3000,x', /"x"/],
  ['CALLBACK_SCHEDULE_SECONDS', '0,5m', /"5m"/],
  ['LOG_LEVEL', 'verbose', /trace, debug, info, warn.*"verbose"/],
  ['LOG_LEVEL', 'info ', /whitespace/],
  ['WECHAT', 'Real', /simulator, real/],
  ['HOST', 'http://0.0.0.0', /address of this machine/],
  ['HOST', '0.0.0.0:3000', /address of this machine/],
  ['PUBLIC_URL', 'wxbot.example.com', /https:\/\/ URL/],
  ['PUBLIC_URL', 'https://wxbot.example.com/wxbot', /path/],
  ['PUBLIC_URL', 'https://wxbot.example.com/?a=1', /query/],
  ['PUBLIC_URL', 'https://wxbot.example.com?', /query/],
  ['PUBLIC_URL', 'https://wxbot.example.com/#a', /fragment/],
  ['PUBLIC_URL', 'https://me:pw@wxbot.example.com', /password/],
  ['PUBLIC_URL', 'https://wxbot.example.com ', /whitespace/],
  ['WECHAT_ORIGIN', 'ftp://wx.example.com', /https:\/\/ URL/],
  ['WECHAT_ORIGIN', 'http://wx.example.com/cgi-bin', /path/],
  ['ALERT_WEBHOOK_URL', 'https://me:pw@alerts.example.com/x', /password/],
  ['QUN_ALLOW', '10.0.0.0/33, 127.0.0.1', /10\.0\.0\.0\/33.*0 to 32/],
  ['QUN_ALLOW', 'intranet', /CIDR/],
  ['TRUSTED_PROXIES', '::1/129', /0 to 128/],
  ['TRUSTED_PROXIES', '10.0.0.0/8/8', /CIDR/],
  ['EGRESS_ALLOW', 'http://erp.internal/', /scheme/],
  ['EGRESS_ALLOW', '10.0.0.0/8，127.0.0.1', /comma/],
  ['EGRESS_ALLOW', '10.0.0.0/ 8', /comma|CIDR/],
  ['EGRESS_ALLOW', 'erp.internal:8080', /host name/],
  ['DATABASE_URL', 'mysql://u:p@h/d', /postgres:\/\//],
  ['DATABASE_URL', 'postgres://wxbot:p@ss#w%rd@db/wxbot', /percent-encode/],
  ['DATABASE_URL', 'postgres://wxbot:p@ss@db/wxbot', /percent-encode/],
  ['DATABASE_URL', 'postgres://wxbot:p/ss@db/wxbot', /percent-encode/],
  ['DATABASE_URL', 'postgres://wxbot:p?ss@db/wxbot', /percent-encode/],
  ['DATABASE_URL', 'postgres://wxbot:1/ss@db/wxbot', /percent-encode/],
  ['DATABASE_URL', 'postgres://wxbot:50%@db/wxbot', /percent-encode/],
  ['DATABASE_URL', 'postgres://wxbot:%ff@db/wxbot', /percent-encode/],
  ['REDIS_URL', 'redis://:p#w@cache:6379', /percent-encode/],
  ['REDIS_URL', 'redis://cache:6379/jobs', /number/],
  ['REDIS_URL', 'cache:6379', /redis:\/\//],
  ['ENCRYPTION_KEY', 'k1:short', /32 bytes/],
  ['ENCRYPTION_KEY', key('k1', 'a'.repeat(32)), /sample/],
  ['ENCRYPTION_KEY', `${good.ENCRYPTION_KEY},${good.ENCRYPTION_KEY}`, /k1/],
  ['AUTH_SECRET', 'short', /32 characters/],
  ['AUTH_SECRET', 'change-me-change-me-change-me-change-me', /sample/],
  ['ADMIN_EMAIL', 'admin', /email/],
  ['ADMIN_PASSWORD', 'short', /10 characters/],
  ['QUN_TOKEN', 'short', /20 characters/],
  ['METRICS_TOKEN', 'short', /20 characters/],
  ['QUN_ROOM_NAME', '{owner}', /\{number\}/],
]

describe('the environment', () => {
  it('accepts valid values and normalizes PUBLIC_URL', () => {
    const env = parseEnv({
      ...good,
      PUBLIC_URL: 'HTTPS://Wxbot.example.com/',
      EGRESS_ALLOW: ' 10.0.0.0/8, ::1 ,erp.internal,',
      QUN_ALLOW: '',
      REDIS_URL: 'rediss://:p%23w@cache/0',
    })
    expect(env).toMatchObject({
      PUBLIC_URL: 'https://wxbot.example.com',
      EGRESS_ALLOW: ['10.0.0.0/8', '::1', 'erp.internal'],
      QUN_ALLOW: [],
      PORT: 3000,
    })
  })

  it.each(bad)('refuses %s=%j with a reason, and nothing else', (name, value, words) => {
    expect(findEnvProblems({ ...good, [name]: value })).toEqual([
      { names: [name], reason: expect.stringMatching(words) },
    ])
  })

  it('names every invalid variable in one error', () => {
    const values = Object.fromEntries(bad.map(([name, value]) => [name, value]))
    const refuse = () => parseEnv({ ...good, ...values })
    for (const name of Object.keys(values)) expect(refuse).toThrow(`  ${name}: `)
  })

  it('never repeats a password, a key or a secret', () => {
    const secretive = bad.filter(([name]) => /DATABASE|REDIS|SECRET|KEY|PASSWORD|TOKEN|ALERT/.test(name))
    for (const [name, value] of secretive) {
      const [problem] = findEnvProblems({ ...good, [name]: value })
      expect(problem?.reason).not.toContain(value)
      expect(problem?.reason).not.toMatch(/ss#|1\/ss|p@ss|me:pw/)
    }
  })

  it('names missing variables and a port used twice in one error', () => {
    expect(() => parseEnv({ PORT: '8080', WORKER_PORT: '8080' })).toThrow(
      /PUBLIC_URL: is required\n(.|\n)*DATABASE_URL: is required; "npm start" sets it(.|\n)*PORT and WORKER_PORT: are both 8080/,
    )
  })
})
