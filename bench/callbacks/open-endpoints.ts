import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Seen } from './check-history'

type Fate = 'taken' | 'refused' | 'hangs'

/**
 * Opens endpoints on one port, told apart by their path, that keep what they see. `fateOf` decides about each request; one
 * that hangs is never answered.
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
    /** When each event first came, by `performance.now()`. */
    arrivals,
    close: () => server.close().closeAllConnections(),
  }
}
