import { createServer } from 'node:net'
import { PlainError } from './plain-error.mjs'

/**
 * Returns whether a server can listen on a port.
 * @param {string} host
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isFree(host, port) {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error) => {
      const code = /** @type {NodeJS.ErrnoException} */ (error).code
      if (code === 'EADDRINUSE') resolve(false)
      else reject(error)
    })
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/**
 * Returns a port that is currently free.
 * @param {string} [host]
 * @returns {Promise<number>}
 */
export function findFreePort(host = '127.0.0.1') {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ host, port: 0 }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/**
 * Returns a usable port; waits up to `timeoutMs` for a process that is releasing it. 0 means any free port.
 * @param {{ variable: string, host: string, port: string, timeoutMs: number }} wish
 * @returns {Promise<number>}
 * @throws PlainError that names the port and the variable that changes it
 */
export async function reservePort({ variable, host, port, timeoutMs }) {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535)
    throw new PlainError(`${variable}=${port} is not a port: use a number from 1 to 65535.`)
  if (port === '0') return findFreePort(host)
  const endMs = Date.now() + timeoutMs
  try {
    while (!(await isFree(host, Number(port)))) {
      if (Date.now() > endMs)
        throw new PlainError(
          `Port ${port} on ${host} is taken by another program. Stop that program, or choose another port with ${variable}, for example: ${variable}=${Number(port) + 10} npm start`,
        )
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  } catch (error) {
    const code = /** @type {NodeJS.ErrnoException} */ (error).code
    if (code === 'EACCES')
      throw new PlainError(
        `Port ${port} may not be used by this user: choose one above 1023 with ${variable}, for example ${variable}=8080.`,
      )
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
      throw new PlainError(
        `HOST=${host} is not an address of this machine. Use 127.0.0.1, or 0.0.0.0 for all its addresses.`,
      )
    throw error
  }
  return Number(port)
}
