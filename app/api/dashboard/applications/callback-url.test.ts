import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { POST as login } from '@/app/(api)/robots/[robotId]/login/route'
import { applicationCommand } from '@/cli/application'
import { createApplication } from '@/lib/application/create-application'
import { applications } from '@/lib/db/schema/application'
import { sessions } from '@/lib/db/schema/session'
import { explainError } from '@/lib/describe-error'
import { createSealer } from '@/lib/secret'
import { givenRobot } from '@/lib/testing/factories'
import { useDashboard } from '@/lib/testing/use-dashboard'
import { PATCH } from '@/app/api/dashboard/applications/[applicationId]/route'
import { POST } from '@/app/api/dashboard/applications/route'

const test = useDashboard()
const key = Buffer.from('0123456789abcdef0123456789ABCDEF')
let token: string
let applicationId: string
let robotId: string
let owner: { close(): Promise<void> } | undefined
beforeAll(async () => {
  const sealer = createSealer([{ id: 'k1', key }])
  const created = await test.db.transaction((tx) => createApplication(tx, { sealer, name: 'a', callbackUrl: null }))
  ;({ token, applicationId } = created)
  robotId = await givenRobot(test.db, { applicationId })
  vi.stubEnv('DATABASE_URL', test.databaseUrl)
  vi.stubEnv('ENCRYPTION_KEY', `k1:${key.toString('base64')}`)
  vi.stubEnv('EGRESS_ALLOW', '127.0.0.0/8')
  vi.stubEnv('OWN_PORTS', '3000')
  vi.spyOn(console, 'log').mockReturnValue()
  owner = test.startFakeWorker({ command: ({ id }) => ({ result: { sessionId: id } }) })
})
afterAll(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  await owner?.close()
})

/** Returns the error of each entry point as text; null: the URL was stored. */
const doors = {
  async login(url: string): Promise<string | null> {
    const body = JSON.stringify({ token, callback_url: url })
    const request = new Request('http://wxbot.test/', { method: 'POST', body })
    const response = await login(request, { params: Promise.resolve({ robotId }) })
    const { retCode, errorMsg } = await response.json()
    if (retCode === -1005) return errorMsg
    const [row] = await test.db.select().from(sessions).where(eq(sessions.robotId, robotId))
    expect({ retCode, stored: row?.callbackUrl }).toEqual({ retCode: 0, stored: url.trim() })
    return null
  },
  async 'dashboard create'(callbackUrl: string) {
    const { status, body } = await test.asAdmin(POST, 'POST', { body: { name: 'b', callbackUrl } })
    return status === 200 ? null : body.error.message
  },
  async 'dashboard change'(callbackUrl: string) {
    const { status, body } = await test.asAdmin(PATCH, 'PATCH', { ids: { applicationId }, body: { callbackUrl } })
    return status === 200 ? null : body.error.message
  },
  'cli create': (url: string) => cli('create', '--name', 'c', '--callback-url', url),
  'cli update': (url: string) => cli('update', '--application', applicationId, '--callback-url', url),
}

/** Runs a command in this process: one process per URL takes a second each. cli.test.ts starts the program itself. */
async function cli(...args: string[]): Promise<string | null> {
  let stderr = ''
  const command = applicationCommand()
  for (const each of [command, ...command.commands])
    each.exitOverride().configureOutput({ writeErr: (text) => (stderr += text) })
  try {
    await command.parseAsync([...args, '--json'], { from: 'user' })
    return null
  } catch (error) {
    return stderr || explainError(error)
  }
}

async function refusalsOf(url: string): Promise<Record<string, string | null>> {
  const entries = Object.entries(doors).map(async ([door, give]) => [door, await give(url)] as const)
  return Object.fromEntries(await Promise.all(entries))
}

const everywhere = (inChinese: RegExp | null, inEnglish: RegExp | null) => ({
  login: inChinese && expect.stringMatching(inChinese),
  'dashboard create': inChinese && expect.stringMatching(inChinese),
  'dashboard change': inChinese && expect.stringMatching(inChinese),
  'cli create': inEnglish && expect.stringMatching(inEnglish),
  'cli update': inEnglish && expect.stringMatching(inEnglish),
})

describe('an unreachable callback URL is refused by every entry point for the same reason:', () => {
  it.each<[string, string, RegExp, RegExp]>([
    ['credentials', 'http://shop:p%40ss@127.0.0.1:9000/', /链接里不能带用户名和密码/, /a user name or a password/],
    ['a user name alone', 'http://shop@127.0.0.1:9000/', /链接里不能带用户名和密码/, /a user name or a password/],
    ['another scheme', 'ftp://shop.example/', /只支持 http 和 https/, /http:\/\/ or https:\/\//],
    ['a script', 'javascript:alert(1)', /只支持 http 和 https/, /http:\/\/ or https:\/\//],
    ['no scheme', 'shop.example/cb', /不是有效的链接/, /complete http:\/\/ or https:\/\/ URL/],
    ['a scheme without slashes', 'http:shop.example/cb', /不是有效的链接/, /complete http:\/\/ or https:\/\/ URL/],
    ['an impossible port', 'http://shop.example:99999/', /不是有效的链接/, /complete http:\/\/ or https:\/\/ URL/],
    ['port 0', 'http://127.0.0.1:0/', /端口不能是 0/, /port 0/],
    ['a line break', 'http://127.0.0.1:9000/a\nb', /含有不允许的字符/, /control characters/],
    ['2,049 characters', `http://127.0.0.1:9000/${'x'.repeat(2027)}`, /不能超过 2048 个字符/, /2048 characters/],
    ['a private address', 'http://10.0.0.1/', /10\.0\.0\.1 不是公网地址/, /10\.0\.0\.1, which is not a public address/],
    ['another spelling of one', 'http://0xa000001/', /10\.0\.0\.1 不是公网地址/, /10\.0\.0\.1, which is not a public/],
    ['metadata', 'http://169.254.169.254/', /元数据地址/, /metadata address/],
    ['our own port', 'http://127.0.0.1:3000/', /端口 3000 是本系统自己的端口/, /port 3000 of wxbot itself/],
  ])('%s', async (_kind, url, inChinese, inEnglish) => {
    const before = await test.db.$count(applications)
    expect(await refusalsOf(url)).toEqual(everywhere(inChinese, inEnglish))
    expect(await test.db.$count(applications)).toBe(before)
  })
})

describe('a reachable callback URL is accepted by every entry point:', () => {
  it.each([
    ['2,048 characters', `http://127.0.0.1:9000/${'x'.repeat(2026)}`],
    ['blanks around it', ' http://127.0.0.1:9000/cb '],
    ['characters that are encoded when it is sent', 'http://127.0.0.1:9000/回 调?店=一 二'],
    ['a fragment, which is never sent', 'http://127.0.0.1:9000/cb?x=1#part'],
    ['capital letters', 'HTTP://127.0.0.1:9000/CB'],
  ])('%s', async (_kind, url) => {
    expect(await refusalsOf(url)).toEqual(everywhere(null, null))
    const stored = await test.db.select({ url: applications.callbackUrl }).from(applications)
    expect(stored.filter((row) => row.url === url.trim()).length).toBeGreaterThanOrEqual(3)
  })
})
