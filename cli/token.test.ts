import { expect, it } from 'vitest'
import { useCli } from '@/cli/testing/use-cli'
import { givenApplication, givenRobot } from '@/lib/testing/factories'

const cli = useCli()
const run = async (...args: string[]) => cli.run([...args, '--json'])

it('A3: changes the limits of a token; an empty list ends a limit', { timeout: 240_000 }, async () => {
  const applicationId = await givenApplication(cli.db)
  const robotId = await givenRobot(cli.db, { applicationId })
  const issued = await run('token', 'issue', '--application', applicationId, '--scope', 'read')
  const update = async (...limits: string[]) =>
    run('token', 'update', '--token-id', String(issued.json()['tokenId']), ...limits)
  const limited = await update('--robots', robotId, '--networks', '10.0.0.0/8,::1', '--scopes', 'read,send')
  const limits = { scopes: ['read', 'send'], robotIds: [robotId], networks: ['10.0.0.0/8', '::1'] }
  expect(limited.json()['token']).toMatchObject({ name: 'cli', ...limits })
  const open = await update('--robots=', '--networks=', '--name', 'till')
  expect(open.json()['token']).toMatchObject({ name: 'till', scopes: ['read', 'send'], robotIds: null, networks: null })
  const [row] = await cli.sql`select name, robot_ids, networks from tokens`
  expect(row).toEqual({ name: 'till', robot_ids: null, networks: null })
  for (const wrong of [
    ['--networks', '10.0.0.0/33'],
    ['--scopes', 'admin'],
    ['--robots', 'rbt_other'],
  ])
    expect((await update(...wrong)).code).toBe(1)
})

it('A3: a new token cannot end in the past, and no token is issued', { timeout: 240_000 }, async () => {
  const applicationId = await givenApplication(cli.db)
  const of = ['--application', applicationId]
  const refused = await cli.run(['token', 'issue', ...of, '--expires-at', '2020-12-31T00:00:00Z'])
  expect(refused).toMatchObject({ code: 1, stdout: '' })
  expect(refused.stderr).toContain('It must be in the future')
  const tooMany = await cli.run(['token', 'issue', ...of, '--rate-limit', '1000001'])
  expect(tooMany.stderr).toContain('a whole number from 0 to 1000000')
  expect(await cli.sql`select id from tokens where application_id = ${applicationId}`).toHaveLength(0)
})

it('words a refusal in the language of the terminal', async () => {
  const roll = ['token', 'roll', '--token-id', 'tok_none']
  expect((await cli.run(roll, '', { LANG: 'zh_CN.UTF-8' })).stderr).toBe('访问令牌不存在\n')
  expect((await cli.run(roll, '', { LANG: 'en_US.UTF-8' })).stderr).toBe('There is no such access token.\n')
})
