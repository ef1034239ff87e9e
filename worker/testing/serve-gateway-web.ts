import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Db } from '@/lib/db/client'
import { receiveCallback } from '@/lib/gateway/receive-callback'
import { getOutgoingFile } from '@/lib/media/outgoing-file'

export type GatewayWeb = { origin: string; close(): Promise<void> }

/** Serves what a web process serves to a gateway: the callback path, and the images of sends. */
export async function serveGatewayWeb({ db }: { db: Db }): Promise<GatewayWeb> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => void respond(Buffer.concat(chunks).toString()))
    const respond = async (body: string) => {
      const [, , kind = '', id = ''] = (request.url ?? '').split('/')
      try {
        const file = kind === 'media' ? await getOutgoingFile(db, id) : null
        const outcome = kind === 'gateway' ? await receiveCallback(db, { callbackKey: id, body }) : null
        response.statusCode = file || (outcome && outcome !== 'unknown_path') ? 200 : 404
        response.end(file?.bytes)
      } catch {
        response.statusCode = 500
        response.end()
      }
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
    },
  }
}
