import { randomUUID } from 'node:crypto'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { AppError } from '@/lib/errors'
import { dialectOf, errorAnswer } from '@/lib/http/dialect'

type ParseError = NodeJS.ErrnoException & { rawPacket?: Buffer }

/**
 * Answers what never became a request, because Node could not read it: too long a query or header, a broken body,
 * a client that took too long. In the dialect of its path, as far as that arrived, then closed. Spec: A2.
 */
export function answerUnreadable(error: ParseError, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
  const path = /^[A-Z]+ (?:[a-z]+:\/\/[^/?]*)?(\/\S*)/.exec(error.rawPacket?.toString('latin1') ?? '')?.[1] ?? '/'
  const told = errorAnswer(dialectOf(path), describe(error))
  const headers = {
    ...told.headers,
    'X-Request-Id': randomUUID(),
    'Content-Length': String(Buffer.byteLength(told.body)),
    Connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  const start = `HTTP/1.1 ${told.status} ${STATUS_CODES[told.status] ?? ''}`
  socket.end(`${start}\r\n${lines.join('\r\n')}\r\n\r\n${told.body}`)
}

function describe({ code }: ParseError): AppError {
  if (code === 'HPE_HEADER_OVERFLOW')
    return new AppError('INVALID_PARAMETER', '请求地址或请求头太长（最多 16 KiB）', { parameter: 'url' })
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT')
    return new AppError('INVALID_PARAMETER', '请求没有在 60 秒内传完', { parameter: 'body' })
  return new AppError('INVALID_PARAMETER', '请求不是有效的 HTTP', { parameter: 'request' })
}
