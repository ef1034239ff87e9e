import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

type Value = { stringValue?: string; intValue?: number }
type Attribute = { key: string; value: Value }
type WireSpan = {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  status: { code?: number }
  attributes: Attribute[]
}
type Export = {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: WireSpan[] }[] }[]
}

export type ReceivedSpan = Omit<WireSpan, 'attributes'> & {
  service: unknown
  attributes: Record<string, unknown>
}

/** Opens an OTLP/HTTP receiver on loopback that keeps the requests and spans it receives. */
export async function openTraceReceiver() {
  const bodies: string[] = []
  const headers: IncomingMessage['headers'][] = []
  const receive = async (request: IncomingMessage, response: ServerResponse) => {
    if (request.url === '/otlp/v1/traces') bodies.push(await text(request))
    headers.push(request.headers)
    response.setHeader('content-type', 'application/json').end('{}')
  }
  const server = createServer((request, response) => void receive(request, response).catch(() => response.destroy()))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/otlp`,
    bodies,
    headers,
    spans: () => bodies.flatMap((body) => readSpans(JSON.parse(body) as Export)),
    close: () => server.close().closeAllConnections(),
  }
}

function readSpans({ resourceSpans }: Export): ReceivedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans
      .flatMap(({ spans }) => spans)
      .map((span) => ({
        ...span,
        service: toRecord(resource.attributes)['service.name'],
        attributes: toRecord(span.attributes),
      })),
  )
}

function toRecord(attributes: readonly Attribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue]))
}
