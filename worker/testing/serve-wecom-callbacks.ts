import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { findConnectorByCallbackKey } from '@/lib/connector/find-connector'
import { receiveCallback, verifyCallbackUrl } from '@/lib/wecom/receive-callback'
import { callbackSecrets } from '@/worker/testing/conformance-drivers'
import { testSealer, type useRobots } from '@/worker/testing/use-robots'

export type ServedCallbacks = {
  /** Returns within what time this share of the callbacks got a response. */
  percentileMs: (share: number) => number
  count: () => number
  close: () => void
}

/** Serves the callback URL of a company with the verbs of the route, and enters it in the simulated console. */
export async function serveWecomCallbacks(
  test: ReturnType<typeof useRobots>,
  { callbackKey }: { callbackKey: string },
): Promise<ServedCallbacks> {
  const tookMs: number[] = []
  const respond = async (requestUrl: string, body: string | null) => {
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
    const startedMs = performance.now()
    response.on('finish', () => tookMs.push(performance.now() - startedMs))
    void text(request)
      .then((body) => respond(request.url ?? '', request.method === 'GET' ? null : body))
      .then(
        (reply) => response.writeHead(reply === null ? 403 : 200).end(reply ?? ''),
        () => response.writeHead(500).end(),
      )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`
  const { callbackToken: token, callbackAesKey: aesKey } = callbackSecrets
  await test.control('/wecom/callback', { url, token, aesKey })
  const percentileMs = (share: number) =>
    Math.round(tookMs.toSorted((left, right) => left - right)[Math.ceil(share * tookMs.length) - 1] ?? 0)
  return { percentileMs, count: () => tookMs.length, close: () => server.close().closeAllConnections() }
}
