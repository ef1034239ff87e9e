import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Seen } from '@/bench/callbacks/check-history'

type Fate = 'taken' | 'refused' | 'hangs'

/**
 * Opens endpoints on one port, distinguished by path, that record their requests. `fateOf` chooses the outcome of each request;
 * a request that hangs gets no response.
 */
export async function openEndpoints(fateOf: (path: string) => Fate) {
  const history: Seen[] = []
  const arrivals = new Map<string, number>()
  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const atMs = performance.now()
    const { data } = JSON.parse(await text(request)) as { data: { room_id: string } }
    const id = String(request.headers['webhook-id'])
    const fate = fateOf(request.url ?? '')
    if (!arrivals.has(id)) arrivals.set(id, atMs)
    const sequence = Number(request.headers['wxbot-sequence'])
    history.push({ id, sequence, roomId: data.room_id, atMs: Date.now(), isTaken: fate === 'taken' })
    if (fate === 'taken') response.end('{"retCode":0}')
    else if (fate === 'refused') response.writeHead(500).end()
  }
  const server = createServer((request, response) => void receive(request, response).catch(() => response.destroy()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    history,
    /** First arrival of each event, in `performance.now()` time. */
    arrivals,
    close: () => server.close().closeAllConnections(),
  }
}
