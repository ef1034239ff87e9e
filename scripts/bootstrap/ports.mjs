import { createServer } from 'node:net'
import { PlainError } from './plain-error.mjs'

/**
 * Tells whether a port can be listened on.
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
 * Finds a port that nobody listens on at this moment.
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
 * Makes sure that a port can be used, waiting up to `patienceMs` for whoever is just leaving it. 0 means any free one.
 * @param {{ variable: string, host: string, port: string, patienceMs: number }} wish
 * @returns {Promise<number>}
 * @throws PlainError naming the port and the variable that changes it
 */
export async function reservePort({ variable, host, port, patienceMs }) {
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535)
    throw new PlainError(`${variable}=${port} is no port: use a number from 1 to 65535.`)
  if (port === '0') return findFreePort(host)
  const endMs = Date.now() + patienceMs
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
        `HOST=${host} is no address of this machine. Use 127.0.0.1, or 0.0.0.0 for all its addresses.`,
      )
    throw error
  }
  return Number(port)
}
