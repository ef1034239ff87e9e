import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, it } from 'vitest'
import { findConnectorByCallbackKey } from '@/lib/connector/find-connector'
import { receiveCallback, verifyCallbackUrl } from '@/lib/wecom/receive-callback'
import { startKfSessions } from '@/lib/wecom/start-sessions'
import { callbackSecrets, connectCompany } from '@/worker/testing/conformance-drivers'
import { testSealer, useRobots } from '@/worker/testing/use-robots'

const test = useRobots()
const closes: Array<() => unknown> = []
afterEach(async () => void (await Promise.all(closes.splice(0).map((close) => close()))))

/** Serves the callback URL of a company with the verbs of the route. */
async function serveCallbacks(callbackKey: string): Promise<string> {
  const answer = async (requestUrl: string, body: string | null) => {
    const company = await findConnectorByCallbackKey(test.db, { sealer: testSealer, type: 'wecom', callbackKey })
    if (!company) throw new Error('no connector')
    const { searchParams } = new URL(requestUrl, 'http://localhost')
    const read = (name: string) => searchParams.get(name) ?? ''
    const query = { signature: read('msg_signature'), timestamp: read('timestamp'), nonce: read('nonce') }
    const nowMs = Date.now()
    if (body === null) return verifyCallbackUrl(test.db, { company, query, echo: read('echostr'), nowMs })
    return (await receiveCallback(test.db, { company, query, body, nowMs })) === 'refused' ? null : ''
  }
  const server = createServer((request, response) => {
    void text(request)
      .then((body) => answer(request.url ?? '', request.method === 'GET' ? null : body))
      .then(
        (reply) => response.writeHead(reply === null ? 403 : 200).end(reply ?? ''),
        () => response.writeHead(500).end(),
      )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closes.push(() => server.close().closeAllConnections())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`
}

it('about 1,000 callbacks, repeated, reordered and one in ten lost, leave every message stored once and in order', async () => {
  const wecomTimes = { pollMs: 3_000, retryMs: 100, outageMs: 300 }
  const workers = [test.startWorker({ wecomTimes }), test.startWorker({ wecomTimes })]
  const { connectorId, callbackKey } = await connectCompany(test)
  const accounts: string[] = await Promise.all(
    Array.from({ length: 5 }, async (_, index) => {
      const { openKfId } = await test.control('/wecom/accounts', { name: `客服 ${index}` })
      return openKfId as string
    }),
  )
  const robots = await Promise.all(
    accounts.map((username) => test.givenRobot({ connection: 'wecom_kf', connectorId, username })),
  )
  await test.db.transaction((tx) => startKfSessions(tx))
  const ownerOf = (robotId: string) => workers[robots.indexOf(robotId) % 2]
  test.onCommit(({ robotIds }) => {
    for (const id of robotIds) void ownerOf(id)?.wake(id)
  })
  closes.push(() => test.onCommit(() => {}))
  for (const id of robots) void ownerOf(id)?.wake(id)
  const count = async (where: string) => Number((await test.sql.unsafe(`select count(*) from ${where}`))[0]?.['count'])
  await test.until(async () => (await count(`sessions where state = 'online'`)) === robots.length)
  const { callbackToken: token, callbackAesKey: aesKey } = callbackSecrets
  await test.control('/wecom/callback', { url: await serveCallbacks(callbackKey), token, aesKey })
  await test.control('/wecom/settings', { callbackFaults: { lossRate: 0.1, repeats: 1, maxDelayMs: 300 } })

  const texts = Array.from({ length: 100 }, (_, index) => `第 ${index} 条`)
  for (const content of texts)
    await Promise.all(
      accounts.map((account) =>
        test.control(`/wecom/accounts/${account}/people/wxid_liwei0000102/messages`, { type: 'text', text: content }),
      ),
    )
  await test.until(async () => (await count(`messages where direction = 'in'`)) >= 500, 60_000)
  for (const robotId of robots) expect((await test.messages(robotId)).map(({ content }) => content)).toEqual(texts)
  const { callbackCounts } = await test.control('/wecom/state')
  expect(callbackCounts.lost).toBeGreaterThan(0)
  expect(await count('wecom_callbacks')).toBeGreaterThan(0)
  expect((await test.control('/calls?path=/gettoken')).calls).toHaveLength(1)
}, 120_000)
