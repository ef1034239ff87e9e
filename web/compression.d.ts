declare module 'next/dist/compiled/compression/index.js' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  /** Creates the middleware by which Next compresses responses. */
  export default function compression(): (request: IncomingMessage, response: ServerResponse, next: () => void) => void
}
