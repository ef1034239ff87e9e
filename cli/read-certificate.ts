import { connect as connectTcp } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'

const timeoutMs = 5_000

/** The certificate of a server; `problem` null: it is valid for the host and trusted. */
export type Certificate = { expiresAt: Date; problem: string | null }

/**
 * Opens a connection to the server of a URL and returns its certificate, also one that is not trusted; null: plain http, the server
 * listens. @throws when no connection, or no TLS session, is open after 5 seconds.
 */
export function readCertificate(url: URL): Promise<Certificate | null> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const isTls = url.protocol === 'https:'
  const port = Number(url.port || (isTls ? 443 : 80))
  return new Promise((resolve, reject) => {
    const socket = isTls
      ? connectTls({ host, port, rejectUnauthorized: false, ...(/[a-z]/i.test(host) ? { servername: host } : {}) })
      : connectTcp({ host, port })
    // Also limits a handshake during which bytes keep arriving.
    const timer = setTimeout(() => socket.destroy(new Error(`no response within ${timeoutMs / 1000} s`)), timeoutMs)
    socket.once('close', () => clearTimeout(timer))
    socket.once('error', reject)
    socket.once(isTls ? 'secureConnect' : 'connect', () => {
      resolve(isTls ? certificateOf(socket as TLSSocket) : null)
      socket.destroy()
    })
  })
}

function certificateOf(socket: TLSSocket): Certificate {
  const problem = socket.authorized ? null : String(socket.authorizationError)
  return { expiresAt: new Date(socket.getPeerCertificate().valid_to), problem }
}
