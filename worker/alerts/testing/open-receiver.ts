import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export type Received = { url: URL; headers: IncomingHttpHeaders; body: string; json: Record<string, unknown> }

/** A service that keeps what it receives. `response` decides what it returns; by default what every group robot accepts. */
export async function openReceiver() {
  const received: Received[] = []
  let response: { status: number; body: string } | 'silence' = { status: 200, body: '{"code":0,"errcode":0}' }
  const server = createServer((request, reply) => void receive(request, reply))
  async function receive(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const body = await text(request)
    const url = new URL(request.url ?? '', 'http://receiver')
    received.push({ url, headers: request.headers, body, json: JSON.parse(body) as Record<string, unknown> })
    if (response === 'silence') return
    reply.writeHead(response.status, { 'content-type': 'application/json' }).end(response.body)
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    received,
    origin: `http://127.0.0.1:${port}`,
    respond(next: typeof response) {
      response = next
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
