import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { useCli } from '@/cli/testing/use-cli'
import { listAudit } from '@/lib/audit/list-audit'
import { openConnectorSecrets } from '@/lib/connector/find-connector'
import { readDueCheck, recordCheck } from '@/lib/connector/check-connector'
import { createLogger } from '@/lib/logger'
import { openQueueBackend, type QueueBackend } from '@/lib/queue/backend'
import { claimQueue } from '@/lib/queue/catalog'
import { createSealer } from '@/lib/secret'
import { givenApplication } from '@/lib/testing/factories'

const cli = useCli()
const sealer = createSealer([{ id: 'k1', key: Buffer.from('0123456789abcdef0123456789ABCDEF') }])
const publicUrl = { PUBLIC_URL: 'https://wxbot.example' }
let queue: QueueBackend
beforeAll(async () => {
  const log = createLogger({ level: 'silent', process: 'test' })
  queue = await openQueueBackend({ databaseUrl: cli.databaseUrl, log })
})
afterAll(() => queue.close())

const run = async (command: string, stdin = '') => cli.run([...command.split(' '), '--json'], stdin, publicUrl)
const aesKey = 'k'.repeat(43)
const createWecom = (name: string, more = '') =>
  run(
    `connector create --type wecom --name ${name} --corp-id ww12 --callback-token tk --callback-aes-key ${aesKey} --agent-secret-stdin${more}`,
    'agent-secret\n',
  )

describe('connector', () => {
  it('E2: creates a wecom connector for applications; its secrets come from standard input and are never printed', async () => {
    const applicationId = await givenApplication(cli.db)
    const created = await createWecom('总公司', ` --application ${applicationId}`)
    expect(created).toMatchObject({ code: 0, stderr: '' })
    const { connectorId } = created.json() as { connectorId: string }
    expect(created.json()).toEqual({
      connectorId: expect.stringMatching(/^cnr_/),
      callbackUrl: expect.stringMatching(/^https:\/\/wxbot\.example\/v1\/wecom\/\w{22}\/callback$/),
    })
    expect(await openConnectorSecrets(cli.db, { sealer, connectorId })).toMatchObject({
      secrets: { agentSecret: 'agent-secret', callbackToken: 'tk', callbackAesKey: aesKey },
    })
    const listed = await run('connector list')
    expect(listed.json()['connectors']).toMatchObject([
      { id: connectorId, callbackUrl: created.json()['callbackUrl'], applicationIds: [applicationId], robotCount: 0 },
    ])
    const { rows } = await listAudit(cli.db, { offset: 0, limit: 1 })
    expect(rows).toMatchObject([{ actor: 'cli', action: 'connector.create', targetId: connectorId }])
    expect(`${listed.stdout}${JSON.stringify(rows)}`).not.toMatch(/agent-secret|kkkk/)
  })

  it('E2: creates a gateway only with --accept-risk, and says why', async () => {
    const command = 'connector create --type gateway --name gw --base-url https://gw.example --token-stdin'
    expect(await run(command, 'tok')).toMatchObject({ code: 1, stderr: expect.stringContaining('--accept-risk') })
    const created = await run(`${command} --accept-risk`, 'tok')
    expect(created.json()['callbackUrl']).toMatch(/\/v1\/gateway\/\w{22}\/callback$/)
  })

  it('names every option that is missing or malformed', async () => {
    const { code, stderr } = await run('connector create --type wecom --name x --corp-id ww12 --callback-aes-key short')
    expect(code).toBe(1)
    expect(stderr).toMatch(/--agent-secret-stdin, --callback-token, --callback-aes-key/)
  })

  it('changes given settings only and replaces the applications; the audit names the changed secrets, never their values', async () => {
    const { connectorId } = (await createWecom('分公司')).json() as { connectorId: string }
    const applicationId = await givenApplication(cli.db)
    const update = `connector update --connector ${connectorId} --name 二公司 --agent-secret-stdin --application ${applicationId}`
    expect((await run(update, 'next-secret')).json()['connector']).toMatchObject({
      name: '二公司',
      corpId: 'ww12',
      applicationIds: [applicationId],
    })
    expect(await openConnectorSecrets(cli.db, { sealer, connectorId })).toMatchObject({
      secrets: { agentSecret: 'next-secret', callbackToken: 'tk' },
    })
    const { rows } = await listAudit(cli.db, { offset: 0, limit: 2 })
    expect(JSON.stringify(rows)).toContain('agentSecret')
    expect(JSON.stringify(rows)).not.toContain('next-secret')
    await run(`application update --application ${applicationId} --connection wecom_kf --connector ${connectorId}`)
    expect(
      await cli.sql`select is_default from connector_applications where application_id = ${applicationId}`,
    ).toEqual([{ is_default: true }])
  })

  it('names the owners of customer groups, and refuses what is no userid', async () => {
    const { connectorId } = (await createWecom('大公司')).json() as { connectorId: string }
    const update = `connector update --connector ${connectorId} --group-owner`
    const named = await run(`${update} zhangsan --group-owner lisi@corp`)
    expect(named.json()['connector']).toMatchObject({ corpId: 'ww12', groupOwners: 'zhangsan lisi@corp' })
    expect(await run(`${update} 张三`)).toMatchObject({ code: 1, stderr: expect.stringContaining('--group-owner') })
    const none = await cli.run([...update.split(' '), '', '--json'], '', publicUrl)
    expect(none.json()['connector']).toMatchObject({ groupOwners: '' })
  })

  it('check waits for a worker and prints what is missing', async () => {
    const { connectorId } = (await createWecom('待检查')).json() as { connectorId: string }
    const worker = queue.consume(
      claimQueue,
      {
        async checkConnector() {
          const requestedAt = (await readDueCheck(cli.db, { connectorId }))!
          const problems = [{ reason: 'connector_check_timeout', params: { seconds: 20 } }] as const
          await cli.db.transaction((tx) => recordCheck(tx, { connectorId, requestedAt, problems: [...problems] }))
        },
      },
      { concurrency: 1 },
    )
    const checked = await run(`connector check --connector ${connectorId}`)
    await worker.close()
    expect(checked.code).toBe(1)
    expect(checked.json()).toMatchObject({
      isOk: false,
      problems: [{ reason: 'connector_check_timeout', text: expect.stringContaining('within 20 s') }],
    })
  })

  it('removes a connector, and names an unknown one', async () => {
    const { connectorId } = (await createWecom('要移除')).json() as { connectorId: string }
    expect((await run(`connector remove --connector ${connectorId}`)).json()).toEqual({ connectorId })
    expect(await run(`connector remove --connector ${connectorId}`)).toMatchObject({ code: 1 })
  })
})

describe('robot create with the real WeChat', () => {
  it('refuses a web robot with the reason until WECHAT_WEB_RISK accepts it', async () => {
    const applicationId = await givenApplication(cli.db)
    const create = (more: Record<string, string>) => {
      const args = `robot create --application ${applicationId} --username web1 --connection web --json`.split(' ')
      return cli.run(args, '', { WECHAT: 'real', ...more })
    }
    const refused = await create({})
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(/web protocol/)
    expect((await create({ WECHAT_WEB_RISK: 'accepted' })).json()).toMatchObject({ robot: { connection: 'web' } })
  })
})
