import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import QRCode from 'qrcode'
import { describe, expect, it } from 'vitest'
import { useCli } from '@/cli/testing/use-cli'
import { listAudit } from '@/lib/audit/list-audit'
import { listApplications } from '@/lib/application/list-applications'
import { callbackEvents } from '@/lib/db/schema/callback'
import { newId } from '@/lib/id'
import { verifyOperator } from '@/lib/operator/verify-operator'
import { createQun } from '@/lib/qun/create-qun'
import { createSealer } from '@/lib/secret'
import { encodeQunNumber } from '@/lib/qun/qun-link'
import { givenApplication, givenRobot } from '@/lib/testing/factories'

const cli = useCli()
const { run } = cli

describe('the command line', () => {
  it('D4: creates an application, prints one JSON object, and records the actor', async () => {
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
    expect(await listApplications(cli.db)).toMatchObject([{ id: applicationId, name: 'shop' }])
    expect((await listAudit(cli.db, { offset: 0, limit: 1 })).rows).toMatchObject([
      { actor: 'cli', action: 'application.create' },
    ])
  })

  it('warns without --json while callbacks send an access token over plain http', async () => {
    const create = (url: string, ...more: string[]) =>
      run(['application', 'create', '--name', 'shop', '--callback-url', url, ...more])
    const otherMachine = 'http://93.184.216.34/cb'
    const created = await create(otherMachine)
    const applicationId = /app_\w+/.exec(created.stdout)?.[0] ?? ''
    const advice = `application callback-token --application ${applicationId}`
    expect(created).toMatchObject({ code: 0, stderr: expect.stringContaining(advice) })
    expect(await create(otherMachine, '--json')).toMatchObject({ code: 0, stderr: '' })
    for (const url of ['https://93.184.216.34/cb', 'http://127.0.0.1:9000/cb'])
      expect(await create(url)).toMatchObject({ code: 0, stderr: '' })
    await run(['application', 'callback-token', '--application', applicationId, '--json'])
    expect(await run(['application', 'update', '--application', applicationId, '--scope', 'all'])).toMatchObject({
      code: 0,
      stderr: '',
    })
  })

  it('refuses a callback URL with a password, and does not print the password', async () => {
    const url = 'https://shop:hunter2@example.com/cb'
    const refused = await run(['application', 'create', '--name', 'shop', '--callback-url', url])
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("'https://…@example.com/cb' is invalid") })
    expect(refused.stderr).not.toContain('hunter2')
  })

  it('D4: issues and revokes tokens, updates applications and robots', async () => {
    const robotId = await givenRobot(cli.db)
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

  it('D4: limits a token to scopes, robots and addresses, and refuses wrong limits', async () => {
    const applicationId = await givenApplication(cli.db)
    const robotId = await givenRobot(cli.db, { applicationId })
    const issueLimited = (...limits: string[]) =>
      run(['token', 'issue', '--application', applicationId, '--json', ...limits])
    const limits = ['--scope', 'send', 'read', '--robot', robotId, '--allow', '10.0.0.0/8', '::1']
    const limited = (await issueLimited(...limits)).json()
    const [row] = await cli.sql`select scopes, robot_ids, networks from tokens where id = ${String(limited['tokenId'])}`
    expect(row).toEqual({ scopes: ['read', 'send'], robot_ids: [robotId], networks: ['10.0.0.0/8', '::1'] })
    for (const wrong of [
      ['--scope', 'admin'],
      ['--allow', '10.0.0.0/33'],
      ['--robot', 'rbt_other'],
    ])
      expect((await issueLimited(...wrong)).code).toBe(1)
  })

  it('D4: lists tokens, and rotates one with an overlap', async () => {
    const created = (await run(['application', 'create', '--name', 'rotated', '--json'])).json()
    const applicationId = String(created['applicationId'])
    const list = async () =>
      (await run(['token', 'list', '--application', applicationId, '--json'])).json()['tokens'] as { id: string }[]
    const [first] = await list()
    expect(first).toMatchObject({ lastFour: String(created['token']).slice(-4), state: 'active', isInCallbacks: true })
    const rotated = await run(['token', 'roll', '--token-id', first!.id, '--overlap', '45s', '--json'])
    expect(rotated).toMatchObject({ code: 0, stderr: '' })
    const { tokenId, token, oldEndsAt } = rotated.json()
    expect(new Date(String(oldEndsAt)).getTime() - Date.now()).toBeLessThan(46_000)
    expect(token).toMatch(/^wx_\w{40}$/)
    expect(await list()).toMatchObject([{ id: tokenId, isInCallbacks: false }, { replacedById: tokenId }])
    const args = ['application', 'callback-token', '--application', applicationId, '--overlap', '0', '--json']
    const own = (await run(args)).json()
    expect(await list()).toMatchObject([{ id: own['tokenId'], isCallbackOnly: true, isInCallbacks: true }, {}, {}])
    const { rows: audit } = await listAudit(cli.db, { offset: 0, limit: 2 })
    expect(audit.map(({ action }) => action)).toEqual(['application.callback_token', 'token.roll'])
    expect(JSON.stringify(audit)).not.toContain(token)
  })

  it('D4: configures assistants with companions and a QR code, closes quns and renews their tokens', async () => {
    const robotId = await givenRobot(cli.db, { username: 'weimi1001' })
    const png = join(mkdtempSync(join(tmpdir(), 'wxbot-cli-')), 'qr.png')
    writeFileSync(png, await QRCode.toBuffer('weixin://'))
    const marked = [
      '--assistant',
      'true',
      '--companion',
      '陈静',
      '--companion',
      '杨洋',
      '--qr',
      png,
      '--nicknames-count',
      'false',
    ]
    const updated = (await run(['robot', 'update', '--robot', robotId, ...marked, '--json'])).json()
    expect(updated).toMatchObject({
      robot: { isAssistant: true, acceptsNicknames: false },
      companions: ['杨洋', '陈静'],
    })
    const twin = await givenRobot(cli.db, { username: 'weimi1001' })
    expect(await run(['robot', 'update', '--robot', twin, '--assistant', 'true', '--json'])).toMatchObject({ code: 1 })

    const sealer = createSealer([{ id: 'k1', key: Buffer.alloc(32, 'k') }])
    const draft = { robotId, groupCode: 'shop|1', ownerName: '宋公明', nameTemplate: '{owner} {number}', sealer }
    const qun = await cli.db.transaction((tx) => createQun(tx, draft))
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
    const request = ['qun', 'create', '--assistant', 'weimi1001', '--owner', '吴用', '--code', 'c2hvcHwy', '--json']
    const env = { PUBLIC_URL: 'https://wxbot.example' }
    const created = (await run([...request, '--name', '春日茶友会'], '', env)).json()
    expect(created).toMatchObject({ status: 'pending_owner', isNew: true, url: expect.stringContaining('/weiqun/') })
    expect((await run(request, '', env)).json()).toMatchObject({ qunId: created['qunId'], isNew: false })
    expect(await run([...request.slice(0, -2), '!', '--json'], '', env)).toMatchObject({ code: 1 })
    await run(['qun', 'update', '--qun', String(created['qunId']), '--name', '秋日茶友会'])
    const csv = join(mkdtempSync(join(tmpdir(), 'wxbot-cli-')), 'groups.csv')
    writeFileSync(csv, 'owner,assistant,code\n吴用,weimi1001,c2hvcHwy\n,weimi1001,c2hvcHwz\n')
    const refused = await run(['qun', 'import', '--file', csv, '--json'])
    expect(refused).toMatchObject({ code: 1 })
    expect(refused.json()).toMatchObject({ isImported: false, problems: [{ line: 3, column: 'owner' }] })
    writeFileSync(csv, 'owner,assistant,code\n吴用,weimi1001,c2hvcHwy\n')
    expect((await run(['qun', 'import', '--file', csv, '--json'])).json()).toMatchObject({
      isImported: true,
      rows: [{ line: 2, outcome: 'existing' }],
    })
    expect((await run(['qun', 'list', '--json'])).json()).toMatchObject({ quns: [{ name: '秋日茶友会' }, {}] })
  })

  it('D4: reads an operator’s password from standard input, or generates and prints it once', async () => {
    const email = 'op@wxbot.local'
    const created = (await run(['operator', 'create', '--email', email, '--role', 'viewer', '--json'])).json()
    expect((await run(['operator', 'list', '--json'])).json()).toMatchObject({ operators: [{ email, role: 'viewer' }] })
    const verify = (password: unknown) => verifyOperator(cli.db, { email, password: String(password), peerAddress: '' })
    expect(await verify(created['password'])).toMatchObject({ outcome: 'ok', operator: { role: 'viewer' } })
    const changed = await run(
      ['operator', 'password', '--email', email, '--password-stdin', '--json'],
      'chosen secret\n',
    )
    expect(changed.json()).not.toHaveProperty('password')
    expect(await verify('chosen secret')).toMatchObject({ outcome: 'ok' })
  })

  it('D4: creates robots, and lists applications, robots and callbacks as tables', async () => {
    const applicationId = String(
      (await run(['application', 'create', '--name', 'tables', '--json'])).json()['applicationId'],
    )
    const create = ['robot', 'create', '--application', applicationId, '--username', '云商城客服', '--json']
    const first = (await run(create)).json() as { robot: { id: string } }
    expect((await run(create)).json()).toEqual(first)
    const eventId = newId('callbackEvent')
    const event = {
      id: eventId,
      applicationId,
      robotId: first.robot.id,
      lane: applicationId,
      type: 'send_message' as const,
    }
    await cli.db.insert(callbackEvents).values({ ...event, data: {} })

    const tables = {
      'application list': ['ID', 'tables'],
      [`robot list --application ${applicationId}`]: ['USERNAME', '云商城客服', 'offline'],
      [`callback list --application ${applicationId} --state pending`]: ['TYPE', eventId],
      [`callback show --id ${eventId}`]: ['state: pending', 'no attempts'],
      [`token list --application ${applicationId}`]: ['LAST FOUR', 'active'],
    }
    const check = async ([command, words]: [string, string[]]) => {
      const { stdout, stderr, code } = await run(command.split(' '))
      expect({ command, stderr, code }).toEqual({ command, stderr: '', code: 0 })
      for (const word of words) expect(stdout).toContain(word)
      expect(stdout).not.toContain('[object')
    }
    await Promise.all(Object.entries(tables).map(check))
    const shown = await run(['robot', 'update', '--robot', first.robot.id, '--send-rate', '20'])
    expect(shown.stdout).toContain('username: 云商城客服')
    expect(shown.stdout).not.toContain('[object')
  })

  it('prints its version, and examples in its help', async () => {
    expect((await run(['--version'])).stdout.trim()).toMatch(/^\d+\.\d+\.\d+$/)
    for (const noun of ['application', 'token', 'robot', 'qun', 'callback', 'operator'])
      expect((await run([noun, '--help'])).stdout).toContain('Examples:')
  })

  it('suggests the most similar robot or application for an unknown one', async () => {
    const robotId = await givenRobot(cli.db, { username: 'suggested' })
    const typo = `${robotId.slice(0, -1)}_`
    const refused = await run(['robot', 'update', '--robot', typo, '--send-rate', '1'])
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toContain(`Did you mean ${robotId} (suggested)?`)
    expect((await run(['robot', 'update', '--robot', 'sugested', '--send-rate', '1'])).stderr).toContain(robotId)
  })

  it('reports a database that is down, and a value that Postgres refuses, without a stack', async () => {
    const down = await run(['robot', 'list'], '', { DATABASE_URL: 'postgres://u:secret@127.0.0.1:1/x' })
    expect(down).toMatchObject({ code: 1, stdout: '' })
    expect(down.stderr).toContain('DATABASE_URL: no server listens on 127.0.0.1:1')
    expect(down.stderr).not.toMatch(/secret|^ +at /m)
  })

  it.each([
    [['token', 'issue', '--application', 'app_none', '--json'], 'Unknown application "app_none"'],
    [['application', 'create', '--name', 'x', '--scope', 'everything', '--json'], 'bound, all, all+private'],
    [['callback', 'replay', '--json'], 'Select callbacks'],
    [['token', 'roll', '--token-id', 'tok_none', '--json'], 'There is no such access token'],
    [['token', 'roll', '--token-id', 'tok_none', '--overlap', '31d', '--json'], 'maximum of 30 days'],
    [['application', 'create', '--json'], '--name'],
    [['robot', 'list', '--application', 'nope'], 'Unknown application "nope"'],
    [['robot', 'list', '--application', ''], 'Unknown application ""'],
    [['token', 'list', '--application', 'nope'], 'Unknown application "nope"'],
    [['application', 'update', '--application', 'nope', '--name', 'x'], 'Unknown application "nope"'],
    [['application', 'callback-token', '--application', 'nope'], 'Unknown application "nope"'],
    [['callback', 'list', '--application', 'nope'], 'Unknown application "nope"'],
    [['callback', 'replay', '--since', '2026-01-01', '--application', 'nope'], 'Unknown application "nope"'],
    [['callback', 'resume', '--application', 'nope'], 'Unknown application "nope"'],
    [['callback', 'test', '--application', 'nope'], 'Unknown application "nope"'],
    [['callback', 'roll-secret', '--application', 'nope'], 'Unknown application "nope"'],
    [['robot', 'create', '--application', 'nope', '--username', 'x'], 'Unknown application "nope"'],
    [
      ['robot', 'create', '--application', 'nope', '--username', 'x', '--connection', 'mail'],
      'web, ilink, wecom_kf, gateway',
    ],
    [['robot', 'login', '--robot', 'rbt_none'], 'Unknown robot "rbt_none"'],
    [['robot', 'send', '--robot', 'rbt_none', '--to', 'x', '--text', 'x'], 'Unknown robot "rbt_none"'],
    [['robot', 'lst'], 'Did you mean list?'],
  ])('reports the problem of %j only on stderr, and exits with 1', async (args, reason) => {
    const refused = await run(args)
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toContain(reason)
    expect(refused.stderr).not.toContain('    at ')
  })

  it('verifies the audit chain, and names the first entry that was changed', async () => {
    const whole = await run('audit verify --json'.split(' '))
    expect(whole).toMatchObject({ code: 0, stderr: '' })
    const { count, head } = whole.json()
    expect(whole.json()).toEqual({
      isWhole: true,
      count: expect.any(Number),
      head: expect.stringMatching(/^[\da-f]{64}$/),
    })
    expect((await run(['audit', 'verify', '--json', '--head', String(head)])).json()).toMatchObject({ isWhole: true })
    await cli.sql.unsafe(`alter table audit_entries disable trigger all;
      update audit_entries set actor = 'operator:op_1' where sequence = 2`)
    const broken = await run('audit verify --json'.split(' '))
    expect(broken.code).toBe(1)
    expect(broken.json()).toMatchObject({ isWhole: false, count: 1, brokenEntry: 2, brokenId: expect.any(Number) })
    expect(count).toBeGreaterThan(2)
  })
})
