import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export type ReceivedCallback = {
  method: string
  target: string
  headers: IncomingHttpHeaders
  body: string
}

export type TestEndpoint = {
  url: string
  received: ReceivedCallback[]
  /** Sends the responses; with retCode 0 by default. */
  respond: (response: ServerResponse, callback: ReceivedCallback) => void
  /** Resolves with all received callbacks once there are `count`. */
  waitFor(count: number): Promise<ReceivedCallback[]>
  close(): void
}

/** Opens an endpoint on loopback that keeps the callbacks it receives. */
export async function openTestEndpoint(): Promise<TestEndpoint> {
  const waiting: Array<{ count: number; resolve: () => void }> = []
  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: target = '', headers } = request
    const callback = { method, target, headers, body: await text(request) }
    endpoint.received.push(callback)
    for (const { count, resolve } of waiting) if (endpoint.received.length >= count) resolve()
    endpoint.respond(response, callback)
  }
  const server = createServer((request, response) => {
    receive(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint: TestEndpoint = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/cb`,
    received: [],
    respond: (response) => response.end('{"retCode":0,"errorMsg":""}'),
    async waitFor(count) {
      if (endpoint.received.length < count) await new Promise<void>((resolve) => waiting.push({ count, resolve }))
      return endpoint.received
    },
    close: () => server.close().closeAllConnections(),
  }
  return endpoint
}
