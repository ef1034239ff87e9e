import { PlainError } from '../bootstrap/plain-error.mjs'
import { reservePort } from '../bootstrap/ports.mjs'

const LOOPBACK = '127.0.0.0/8,::1/128'
const PRIVATE_NETWORKS = '10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7'

/** @typedef {Record<string, string>} Settings environment variables that are not secret */

/**
 * Decides the settings of `npm start`: its defaults, overridden by what the environment says.
 * @param {import('../bootstrap/paths.mjs').Env} env
 * @param {{ dataDir: string, isDev: boolean, patienceMs: number }} options `patienceMs`: for ports that are being left
 * @returns {Promise<Settings>}
 * @throws PlainError for a port that is taken
 */
export async function decideSettings(env, { dataDir, isDev, patienceMs }) {
  const host = env['HOST'] || '127.0.0.1'
  const wechat = env['WECHAT'] || 'simulator'
  const ports = await reservePorts(env, { host, patienceMs, isSimulated: wechat === 'simulator' })
  const origin = env['WECHAT_ORIGIN'] || (wechat === 'simulator' ? `http://127.0.0.1:${ports['SIMULATOR_PORT']}` : '')
  return {
    NODE_ENV: isDev ? 'development' : 'production',
    HOST: host,
    ...ports,
    DATA_DIR: dataDir,
    PUBLIC_URL: env['PUBLIC_URL'] || `http://${browsable(host)}:${ports['PORT']}`,
    WECHAT: wechat,
    ...(origin ? { WECHAT_ORIGIN: origin } : {}),
    // Set but empty means "nothing"; only an unset list has a default.
    EGRESS_ALLOW: env['EGRESS_ALLOW'] ?? `${LOOPBACK},localhost`,
    QUN_ALLOW: env['QUN_ALLOW'] ?? `${LOOPBACK},${PRIVATE_NETWORKS}`,
    STOP_TIMEOUT_MS: env['STOP_TIMEOUT_MS'] || '10000',
    // A person reads this terminal: what is in order need not be said for each request.
    LOG_LEVEL: env['LOG_LEVEL'] || (isDev ? 'info' : 'warn'),
  }
}

/**
 * @param {import('../bootstrap/paths.mjs').Env} env
 * @param {{ host: string, patienceMs: number, isSimulated: boolean }} options
 * @returns {Promise<Settings>}
 */
async function reservePorts(env, { host, patienceMs, isSimulated }) {
  /** @type {Settings} */
  const ports = {}
  const wishes = { PORT: '3000', WORKER_PORT: '3001', ...(isSimulated ? { SIMULATOR_PORT: '3002' } : {}) }
  for (const [variable, usual] of Object.entries(wishes)) {
    const port = String(await reservePort({ variable, host, port: env[variable] || usual, patienceMs }))
    const twin = Object.keys(ports).find((other) => ports[other] === port)
    if (twin) throw new PlainError(`${twin} and ${variable} are both ${port}; each needs a port of its own.`)
    ports[variable] = port
  }
  return ports
}

/**
 * Lists the ports that callbacks and image links must never reach: the product's own, and those of its servers.
 * @param {Settings} settings
 * @param {Array<string | undefined>} serverUrls
 */
export function ownPorts(settings, serverUrls) {
  const ours = [settings['PORT'], settings['WORKER_PORT'], settings['SIMULATOR_PORT']]
  const theirs = serverUrls.map((url) => (url && URL.canParse(url) ? portOf(new URL(url)) : undefined))
  return [...new Set([...ours, ...theirs].filter(Boolean))].join(',')
}

/** @param {URL} url */
function portOf(url) {
  return url.port || (url.protocol.startsWith('redis') ? '6379' : '5432')
}

/** @param {string} host an address to listen on; "all addresses" is none that a browser could open */
export function browsable(host) {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
