import { createRequire } from 'node:module'
import { afterEach, expect, it } from 'vitest'
import * as messageRoute from '@/app/(api)/robots/[robotId]/message/route'
import { createApplication } from '@/lib/application/create-application'
import { callRoute } from '@/lib/testing/call-route'
import { openTestWeb } from '@/lib/testing/open-test-web'
import { openTestEndpoint } from '@/worker/delivery/testing/open-endpoint'
import { startWorkerProcess } from '@/worker/testing/start-worker-process'
import { testSealer, useRobots } from '@/worker/testing/use-robots'
import { openTraceReceiver, type ReceivedSpan } from '@/worker/tracing/testing/trace-receiver'

const test = useRobots()
const account = 'wxid_weimi000001'
const content = '这句话不该出现在追踪里'
const traceId = '0af7651916cd43dd8448eb211c80319c'
const traceparent = `00-${traceId}-b7ad6b7169203331-01`

const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  await test.sql`update sessions set state = 'ended'`
})

/** Starts web here and a worker in its own process, with an online robot whose application receives events of sent messages. */
async function givenProduct(settings: Record<string, string>) {
  const shared = {
    WECHAT: 'simulator',
    WECHAT_ORIGIN: test.simulatorOrigin,
    EGRESS_ALLOW: '127.0.0.0/8',
    ENCRYPTION_KEY: `test:${Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')}`,
    ...settings,
  }
  const web = await openTestWeb({ url: test.databaseUrl }, shared)
  closing.push(() => web.close())
  const worker = await startWorkerProcess({ ...shared, DATABASE_URL: test.databaseUrl })
  closing.push(() => worker.kill())
  const endpoint = await openTestEndpoint()
  closing.push(() => endpoint.close())
  const options = { sealer: testSealer, name: '追踪', callbackUrl: endpoint.url, eventTypes: ['message_sent' as const] }
  const { applicationId, token } = await test.db.transaction((tx) => createApplication(tx, options))
  const robotId = await test.givenRobot({ applicationId })
  await test.logIn(test, robotId, account)
  const send = () => {
    const call = { body: { token, to_user: 'filehelper', msg_type: 'text', content }, headers: { traceparent } }
    return callRoute(messageRoute, 'POST', { ...call, params: { robotId } })
  }
  return { worker, endpoint, token, robotId, send }
}

it('without the setting, no row carries a trace and OpenTelemetry is not loaded', async () => {
  const { endpoint, send } = await givenProduct({})
  expect(await send()).toMatchObject({ retCode: 0 })
  await endpoint.waitFor(1)
  const { cache } = createRequire(import.meta.url)
  expect(Object.keys(cache).filter((path) => path.includes('@opentelemetry/sdk-trace'))).toEqual([])
  const rows = await test.sql`
    select trace_parent from messages union all select trace_parent from callback_events`
  expect(rows.length).toBeGreaterThan(1)
  expect(rows.filter(({ trace_parent }) => trace_parent !== null)).toEqual([])
}, 120_000)

it('one trace leads from the request of a client over the queue and the send to the callback', async () => {
  const receiver = await openTraceReceiver()
  closing.push(() => receiver.close())
  const { worker, endpoint, token, robotId, send } = await givenProduct({
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
    OTEL_EXPORTER_OTLP_HEADERS: 'x-team=secret-of-the-collector',
  })
  const { data } = await send()
  await endpoint.waitFor(1)
  // A process that stops sends its last spans.
  worker.terminate()
  const find = (name: string): ReceivedSpan | undefined =>
    receiver.spans().find((span) => span.name === name && span.traceId === traceId)
  await test.until(async () => ['callback attempt', 'POST /robots/{robot_id}/message'].every((name) => find(name)))
  const { cache } = createRequire(import.meta.url)
  expect(Object.keys(cache).some((path) => path.includes('@opentelemetry/sdk-trace'))).toBe(true)

  const request = find('POST /robots/{robot_id}/message')
  const sending = find('message send')
  expect(request).toMatchObject({ service: 'wxbot-web', parentSpanId: 'b7ad6b7169203331' })
  expect(request?.attributes).toMatchObject({ 'wxbot.robot_id': robotId, 'http.response.status_code': 200 })
  expect(find('message queue')).toMatchObject({ service: 'wxbot-worker', parentSpanId: request?.spanId })
  expect(sending).toMatchObject({ service: 'wxbot-worker', parentSpanId: request?.spanId })
  expect(sending?.attributes).toMatchObject({ 'wxbot.message_id': data?.['message_id'], 'wxbot.outcome': 'accepted' })
  expect(find('callback attempt')).toMatchObject({ service: 'wxbot-worker', parentSpanId: sending?.spanId })
  expect(find('callback attempt')?.attributes).toMatchObject({ 'wxbot.attempt': 1, 'http.response.status_code': 200 })
  for (const secret of [token, content, endpoint.url, '追踪', account])
    expect(receiver.bodies.join('\n')).not.toContain(secret)
  expect(receiver.headers[0]).toHaveProperty('x-team')
}, 120_000)
