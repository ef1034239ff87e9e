import { PlainError } from '../bootstrap/plain-error.mjs'
import { browsable } from './decide-settings.mjs'

const PATIENCE_MS = 120_000

/**
 * Waits until the web process says that database, queue and a worker are there.
 * @param {import('./decide-settings.mjs').Settings} settings
 * @param {() => boolean} isGivenUp
 */
export async function waitForReadyz(settings, isGivenUp) {
  const host = settings['HOST'] === '0.0.0.0' || settings['HOST'] === '::' ? '127.0.0.1' : settings['HOST']
  const url = `http://${browsable(host ?? '')}:${settings['PORT']}/readyz`
  const endMs = Date.now() + PATIENCE_MS
  let last = 'no answer'
  while (!isGivenUp()) {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(5000) })
      if (answer.status === 200) return
      last = `${answer.status} ${(await answer.text()).slice(0, 500)}`
    } catch (error) {
      last = String(/** @type {Error} */ (error).cause ?? error)
    }
    if (Date.now() > endMs) throw new PlainError(`${url} does not become ready. Its last answer: ${last}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
