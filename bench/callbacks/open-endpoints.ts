import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Seen } from '@/bench/callbacks/check-history'

type Outcome = 'taken' | 'refused' | 'hangs'

/**
 * Starts a server on one port that records its requests; each path is one endpoint. `chooseOutcome` chooses the outcome of each request;
 * a request that hangs gets no response.
 */
export async function openEndpoints(chooseOutcome: (path: string) => Outcome) {
  const history: Seen[] = []
  const arrivals = new Map<string, number>()
  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const atMs = performance.now()
    const { data } = JSON.parse(await text(request)) as { data: { room_id: string } }
    const id = String(request.headers['webhook-id'])
    const outcome = chooseOutcome(request.url ?? '')
    if (!arrivals.has(id)) arrivals.set(id, atMs)
    const sequence = Number(request.headers['wxbot-sequence'])
    history.push({ id, sequence, roomId: data.room_id, atMs: Date.now(), isTaken: outcome === 'taken' })
    if (outcome === 'taken') response.end('{"retCode":0}')
    else if (outcome === 'refused') response.writeHead(500).end()
  }
  const server = createServer((request, response) => void receive(request, response).catch(() => response.destroy()))
  // An idle connection that closes in the moment of a request would be a failed attempt.
  server.keepAliveTimeout = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    history,
    /** First arrival of each event, in `performance.now()` time. */
    arrivals,
    close: () => server.close().closeAllConnections(),
  }
}
