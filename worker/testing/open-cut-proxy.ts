import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A connection to WeChat that a test can cut; while it is cut, connections are refused. */
export type CutProxy = {
  origin: string
  cut(): Promise<void>
  mend(): Promise<void>
  /** Requests forwarded so far. */
  requestCount(): number
}

/** Opens a TCP proxy to `target` (`http://127.0.0.1:…`). Cut it at the end of the test. */
export async function openCutProxy(target: string): Promise<CutProxy> {
  const { hostname, port: targetPort } = new URL(target)
  const sockets = new Set<Socket>()
  let requestCount = 0
  const server = createServer((client) => {
    const upstream = connect(Number(targetPort), hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    }
    client.on('data', (chunk) => (requestCount += /^(GET|POST) /.test(chunk.toString('latin1', 0, 5)) ? 1 : 0))
    client.pipe(upstream).pipe(client)
  })
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  }
  await listen(0)
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    async cut() {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
    mend: () => listen(port),
    requestCount: () => requestCount,
  }
}
