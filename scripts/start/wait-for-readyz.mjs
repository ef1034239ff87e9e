import { PlainError } from '../bootstrap/plain-error.mjs'
import { browsable } from './decide-settings.mjs'

const TIMEOUT_MS = 120_000

/**
 * Waits until the web process reports that the database, the queue and a worker are available.
 * @param {import('./decide-settings.mjs').Settings} settings
 * @param {() => boolean} isGivenUp
 */
export async function waitForReadyz(settings, isGivenUp) {
  const host = settings['HOST'] === '0.0.0.0' || settings['HOST'] === '::' ? '127.0.0.1' : settings['HOST']
  const url = `http://${browsable(host ?? '')}:${settings['PORT']}/readyz`
  const endMs = Date.now() + TIMEOUT_MS
  let last = 'no response'
  while (!isGivenUp()) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5000) })
      if (response.status === 200) return
      last = `${response.status} ${(await response.text()).slice(0, 500)}`
    } catch (error) {
      last = String(/** @type {Error} */ (error).cause ?? error)
    }
    if (Date.now() > endMs) throw new PlainError(`${url} does not become ready. Its last response: ${last}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
