import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { useCli } from '@/cli/testing/use-cli'
import { openHeaders } from '@/lib/callback/endpoint/headers'
import { callbackEndpoints, callbackEvents } from '@/lib/db/schema/callback'
import { applicationEndpoints } from '@/lib/db/schema/endpoint'
import { createSealer } from '@/lib/secret'
import { givenApplication, givenEndpoint, givenRobot, givenRoom } from '@/lib/testing/factories'

const cli = useCli()
const sealer = createSealer([{ id: 'k1', key: Buffer.from('0123456789abcdef0123456789ABCDEF') }])
const run = async (command: string, stdin = '') => cli.run([...command.split(' '), '--json'], stdin)

/** Each command is a process of its own. */
const manyCommands = { timeout: 240_000 }

it(
  'A14: creates, lists and changes an endpoint; headers come from standard input and are never printed',
  manyCommands,
  async () => {
    const { db } = cli
    const applicationId = await givenApplication(db, { callbackUrl: 'http://127.0.0.1:9/cb' })
    const robotId = await givenRobot(db, { applicationId })
    const roomId = await givenRoom(db, { robotId, name: '一号群', username: '@@1' })
    const settings = `--name 订单 --url http://127.0.0.1:9/orders --rooms ${roomId} --headers-stdin`
    const created = await run(
      `endpoint create --application ${applicationId} ${settings}`,
      'Authorization: Bearer top-key\n',
    )
    expect(created).toMatchObject({ code: 0, stderr: '' })
    const { endpointId, signingSecret } = created.json() as { endpointId: string; signingSecret: string }
    expect(signingSecret).toMatch(/^whsec_/)
    const listed = await run(`endpoint list --application ${applicationId}`)
    expect(listed.json()).toMatchObject({
      endpoints: [
        { id: 'default', url: 'http://127.0.0.1:9/cb', state: 'healthy' },
        { id: endpointId, name: '订单', events: 'send_message', roomIds: [roomId], headerNames: ['Authorization'] },
      ],
    })
    const updated = await run(
      `endpoint update --endpoint ${endpointId} --events robot_status,qun_created --rooms= --headers-stdin`,
      'Authorization:\nX-Shop: a b\n',
    )
    expect(updated).toMatchObject({ code: 0 })
    const [row] = await db.select().from(applicationEndpoints)
    expect(row).toMatchObject({ eventTypes: ['robot_status', 'qun_created'], roomIds: null })
    const headersSealed = row?.headersSealed ?? null
    expect(openHeaders(sealer, { endpointId, headersSealed })).toEqual({
      Authorization: 'Bearer top-key',
      'X-Shop': 'a b',
    })
    expect(JSON.stringify([created, listed, updated])).not.toMatch(/top-key/)
  },
)

it('A14: tests, resumes and removes an endpoint, and rotates its secret', manyCommands, async () => {
  const { db } = cli
  const applicationId = await givenApplication(db)
  const url = 'http://127.0.0.1:9/orders'
  const endpointId = await givenEndpoint(db, { applicationId, name: '订单', url })
  const tested = await run(`endpoint test --endpoint ${endpointId}`)
  expect(await db.select().from(callbackEvents)).toMatchObject([
    { id: tested.json()['eventId'], endpointId, lane: `test:${endpointId}` },
  ])
  const health = { lane: `endpoint:${endpointId}`, applicationId, endpointId, url }
  await db.insert(callbackEndpoints).values({ ...health, pausedAt: new Date(), pauseReason: 'gone' })
  expect((await run('callback endpoints')).json()).toMatchObject({
    endpoints: [{ id: endpointId, endpointName: '订单' }],
  })
  expect(await run(`endpoint resume --endpoint ${endpointId}`)).toMatchObject({ code: 0 })
  expect(await db.$count(callbackEndpoints)).toBe(0)
  const rolled = await run(`endpoint roll-secret --endpoint ${endpointId} --overlap 1h`)
  expect(rolled.json()['signingSecret']).toMatch(/^whsec_/)
  expect(await run(`endpoint remove --endpoint ${endpointId}`)).toMatchObject({ code: 0 })
  expect(await db.$count(applicationEndpoints, eq(applicationEndpoints.id, endpointId))).toBe(0)
  expect(await run(`endpoint remove --endpoint ${endpointId}`)).toMatchObject({ code: 1 })
})

it('A14: refuses a URL that the egress rules forbid, and names a wrong field', async () => {
  const applicationId = await givenApplication(cli.db)
  const create = `endpoint create --application ${applicationId} --name x`
  expect(await run(`${create} --url http://10.0.0.1/hook`)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('10.0.0.1'),
  })
  expect(await run(`${create} --url http://127.0.0.1:9/x --headers-stdin`, 'Host: x\n')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('headers'),
  })
})
