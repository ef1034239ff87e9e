import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { build } from 'esbuild'
import QRCode from 'qrcode'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listAudit } from '@/lib/audit/list-audit'
import { listApplications } from '@/lib/application/list-applications'
import { verifyOperator } from '@/lib/operator/verify-operator'
import { createQun } from '@/lib/qun/create-qun'
import { encodeQunNumber } from '@/lib/qun/qun-number'
import { givenRobot } from '@/lib/testing/factories'
import { createTestDatabase, type TestDatabase } from '@/lib/testing/test-database'

/** Bundled once, as for the product: a start from the sources takes seconds. */
const program = 'node_modules/.cache/wxbot-cli-test/cli.js'
let database: TestDatabase
beforeAll(async () => {
  const options = { bundle: true, packages: 'external', platform: 'node', format: 'esm' } as const
  await build({ entryPoints: ['cli/index.ts'], outfile: program, ...options })
  database = await createTestDatabase()
})
afterAll(() => database.drop())

async function run(args: string[], stdin = '') {
  const env = {
    NODE_ENV: 'test' as const,
    PATH: process.env['PATH'],
    DATABASE_URL: database.url,
    ENCRYPTION_KEY: `k1:${Buffer.from('0123456789abcdef0123456789ABCDEF').toString('base64')}`,
  }
  const child = spawn(process.execPath, [program, ...args], { env })
  child.stdin.end(stdin)
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once('close', resolve)),
  ])
  return { stdout, stderr, code, json: () => JSON.parse(stdout) as Record<string, unknown> }
}

describe('the command line', () => {
  it('D: creates an application, prints one JSON object, and records who did it', async () => {
    const created = await run(
      'application create --name shop --callback-url http://127.0.0.1:9000/cb --json'.split(' '),
    )
    expect(created).toMatchObject({ code: 0, stderr: '' })
    expect(created.json()).toEqual({
      applicationId: expect.stringMatching(/^app_/),
      token: expect.stringMatching(/^wx_\w{40}$/),
      signingSecret: expect.stringMatching(/^whsec_/),
    })
    const { applicationId } = created.json()
    expect(await listApplications(database.db)).toMatchObject([{ id: applicationId, name: 'shop' }])
    expect((await listAudit(database.db, { offset: 0, limit: 1 })).rows).toMatchObject([
      { actor: 'cli', action: 'application.create' },
    ])
  })

  it('D: issues and revokes tokens, changes applications and robots', async () => {
    const robotId = await givenRobot(database.db)
    const listed = (await run(['robot', 'list', '--json'])).json() as { robots: { applicationId: string }[] }
    const applicationId = listed.robots[0]!.applicationId
    const issued = await run(['token', 'issue', '--application', applicationId, '--rate-limit', '0', '--json'])
    expect(issued.json()).toEqual({ tokenId: expect.any(String), token: expect.any(String) })
    const { tokenId } = issued.json()
    expect((await run(['token', 'revoke', '--token-id', String(tokenId), '--json'])).json()).toEqual({ tokenId })
    const pace = ['--send-rate', '20', '--send-jitter', '50']
    const updated = await run(['robot', 'update', '--robot', robotId, ...pace, '--json'])
    expect(updated.json()).toMatchObject({ robot: { id: robotId, sendRatePerMinute: 20, sendJitterPercent: 50 } })
    const tooMuch = await run(['robot', 'update', '--robot', robotId, '--send-jitter', '51', '--json'])
    expect(tooMuch.code).not.toBe(0)
    const args = ['--scope', 'all', '--events', 'send_message,room_joined', '--disabled', 'true', '--json']
    const changed = await run(['application', 'update', '--application', applicationId, ...args])
    expect(changed.json()).toMatchObject({ application: { roomScope: 'all', disabledAt: expect.any(String) } })
  })

  it('D: lists tokens, and rolls one with an overlap', async () => {
    const created = (await run(['application', 'create', '--name', 'rolled', '--json'])).json()
    const applicationId = String(created['applicationId'])
    const list = async () =>
      (await run(['token', 'list', '--application', applicationId, '--json'])).json()['tokens'] as { id: string }[]
    const [first] = await list()
    expect(first).toMatchObject({ lastFour: String(created['token']).slice(-4), state: 'active', isInCallbacks: true })
    const rolled = await run(['token', 'roll', '--token-id', first!.id, '--overlap', '45s', '--json'])
    expect(rolled).toMatchObject({ code: 0, stderr: '' })
    const { tokenId, token, oldEndsAt } = rolled.json()
    expect(new Date(String(oldEndsAt)).getTime() - Date.now()).toBeLessThan(46_000)
    expect(token).toMatch(/^wx_\w{40}$/)
    expect(await list()).toMatchObject([{ id: tokenId, isInCallbacks: false }, { replacedById: tokenId }])
    const args = ['application', 'callback-token', '--application', applicationId, '--overlap', '0', '--json']
    const own = (await run(args)).json()
    expect(await list()).toMatchObject([{ id: own['tokenId'], isCallbackOnly: true, isInCallbacks: true }, {}, {}])
    const { rows: audit } = await listAudit(database.db, { offset: 0, limit: 2 })
    expect(audit.map(({ action }) => action)).toEqual(['application.callback_token', 'token.roll'])
    expect(JSON.stringify(audit)).not.toContain(token)
  })

  it('D: marks assistants with companions and a QR code, closes quns and renews their tokens', async () => {
    const robotId = await givenRobot(database.db, { username: 'weimi1001' })
    const png = join(mkdtempSync(join(tmpdir(), 'wxbot-cli-')), 'qr.png')
    writeFileSync(png, await QRCode.toBuffer('weixin://'))
    const marked = ['--assistant', 'true', '--companion', '陈静', '--companion', '杨洋', '--qr', png]
    const updated = (await run(['robot', 'update', '--robot', robotId, ...marked, '--json'])).json()
    expect(updated).toMatchObject({ robot: { isAssistant: true }, companions: ['杨洋', '陈静'] })
    const twin = await givenRobot(database.db, { username: 'weimi1001' })
    expect(await run(['robot', 'update', '--robot', twin, '--assistant', 'true', '--json'])).toMatchObject({ code: 1 })

    const draft = { robotId, code: 'shop|1', ownerName: '宋公明', nameTemplate: '{owner} {number}' }
    const qun = await database.db.transaction((tx) => createQun(tx, draft))
    const link = `http://wxbot.test/weiqun/${encodeQunNumber(qun.number)}`
    const first = (await run(['qun', 'update', '--qun', qun.id, '--json'])).json()
    const renewed = (await run(['qun', 'update', '--qun', link, '--renew-token', '--closed', 'true', '--json'])).json()
    expect(renewed).toMatchObject({
      qunId: qun.id,
      status: 'closed',
      token: expect.stringMatching(/^[A-Za-z0-9+/]{16}$/),
    })
    expect(renewed['token']).not.toBe(first['token'])
    expect((await run(['qun', 'list', '--json'])).json()).toMatchObject({ quns: [{ id: qun.id, status: 'closed' }] })
  })

  it('D: an operator’s password comes from standard input, or is made and printed once', async () => {
    const email = 'op@wxbot.local'
    const created = (await run(['operator', 'create', '--email', email, '--role', 'viewer', '--json'])).json()
    expect((await run(['operator', 'list', '--json'])).json()).toMatchObject({ operators: [{ email, role: 'viewer' }] })
    const verify = (password: unknown) =>
      verifyOperator(database.db, { email, password: String(password), peerAddress: '' })
    expect(await verify(created['password'])).toMatchObject({ outcome: 'ok', operator: { role: 'viewer' } })
    const changed = await run(
      ['operator', 'password', '--email', email, '--password-stdin', '--json'],
      'chosen secret\n',
    )
    expect(changed.json()).not.toHaveProperty('password')
    expect(await verify('chosen secret')).toMatchObject({ outcome: 'ok' })
  })

  it.each([
    [['token', 'issue', '--application', 'app_none', '--json'], '应用不存在'],
    [['application', 'create', '--name', 'x', '--scope', 'everything', '--json'], 'bound, all, all+private'],
    [['callback', 'replay', '--json'], 'Say which'],
    [['token', 'roll', '--token-id', 'tok_none', '--json'], '访问令牌不存在'],
    [['token', 'roll', '--token-id', 'tok_none', '--overlap', '31d', '--json'], '30 days at most'],
    [['application', 'create', '--json'], '--name'],
  ])('says what is wrong with %j on stderr only, and exits with 1', async (args, reason) => {
    const refused = await run(args)
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toContain(reason)
    expect(refused.stderr).not.toContain('    at ')
  })
})
