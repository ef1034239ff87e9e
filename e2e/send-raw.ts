import { connect, type Socket } from 'node:net'

/** Opens a TCP connection to the product; the client does not close it automatically. */
export function openSocket(baseURL: string): Socket {
  const { port, hostname } = new URL(baseURL)
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true })
  socket.on('error', () => {})
  return socket
}

/** Sends a request unchanged, with an optional chunked body; resolves with all received bytes when the stream ends. */
export async function sendRaw(
  baseURL: string,
  line: string,
  {
    headers = ['Host: 127.0.0.1'],
    chunkedBytes = 0,
    body = '',
  }: { headers?: string[]; chunkedBytes?: number; body?: string } = {},
): Promise<string> {
  const socket = openSocket(baseURL)
  const parts: Buffer[] = []
  socket.on('data', (part: Buffer) => parts.push(part))
  const ended = new Promise((resolve) => ['end', 'close'].forEach((event) => socket.once(event, resolve)))
  const framing = chunkedBytes
    ? ['Transfer-Encoding: chunked']
    : body
      ? [`Content-Length: ${Buffer.byteLength(body)}`]
      : []
  socket.write(`${[line, ...headers, ...framing, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`)
  const size = 16 * 1024
  for (let sent = 0; sent < chunkedBytes && socket.writable; sent += size)
    if (!socket.write(`${size.toString(16)}\r\n${' '.repeat(size)}\r\n`))
      await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), ended])
  if (chunkedBytes && socket.writable) socket.write('0\r\n\r\n')
  await ended
  socket.destroy()
  return Buffer.concat(parts).toString()
}
