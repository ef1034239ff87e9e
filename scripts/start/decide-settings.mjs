import { PlainError } from '../bootstrap/plain-error.mjs'
import { findFreePort, reservePort } from '../bootstrap/ports.mjs'

const LOOPBACK = '127.0.0.0/8,::1/128'
const PRIVATE_NETWORKS = '10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fc00::/7'

const PORT_NUMBER = /^[1-9]\d{0,4}$/

/** @typedef {Record<string, string>} Settings environment variables that are not secret */

/** @typedef {import('../../lib/env').EnvProblem} EnvProblem */

/**
 * Returns the settings of `npm start`: its defaults, overridden by the environment. Wrong values stay unchanged, and
 * `check-settings` reports them.
 * @param {import('../bootstrap/paths.mjs').Env} env
 * @param {{ dataDir: string, isDev: boolean }} options
 * @returns {Promise<Settings>}
 */
export async function decideSettings(env, { dataDir, isDev }) {
  const host = env['HOST'] || '127.0.0.1'
  const wechat = env['WECHAT'] || 'simulator'
  const ports = await choosePorts(env, { host, isSimulated: wechat === 'simulator' })
  const simulator = wechat === 'simulator' ? `http://127.0.0.1:${ports['SIMULATOR_PORT']}` : ''
  const origin = env['WECHAT_ORIGIN'] || simulator
  const ilinkOrigin = env['ILINK_ORIGIN'] || simulator
  const wecomOrigin = env['WECOM_ORIGIN'] || simulator
  return {
    NODE_ENV: isDev ? 'development' : 'production',
    HOST: host,
    ...ports,
    DATA_DIR: dataDir,
    PUBLIC_URL: env['PUBLIC_URL'] || `http://${browsable(host)}:${ports['PORT']}`,
    WECHAT: wechat,
    ...(origin ? { WECHAT_ORIGIN: origin } : {}),
    ...(ilinkOrigin ? { ILINK_ORIGIN: ilinkOrigin } : {}),
    ...(wecomOrigin ? { WECOM_ORIGIN: wecomOrigin } : {}),
    // A list that is set but empty allows nothing; only an unset list has a default.
    EGRESS_ALLOW: env['EGRESS_ALLOW'] ?? `${LOOPBACK},localhost`,
    QUN_ALLOW: env['QUN_ALLOW'] ?? `${LOOPBACK},${PRIVATE_NETWORKS}`,
    STOP_TIMEOUT_MS: env['STOP_TIMEOUT_MS'] || '10000',
    // A person reads this terminal, so successful requests are not printed.
    LOG_LEVEL: env['LOG_LEVEL'] || (isDev ? 'info' : 'warn'),
  }
}

const DEFAULT_PORTS = { PORT: '3000', WORKER_PORT: '3001', SIMULATOR_PORT: '3002' }

/**
 * Resolves the ports of the programs; 0 means any free port.
 * @param {import('../bootstrap/paths.mjs').Env} env
 * @param {{ host: string, isSimulated: boolean }} options
 * @returns {Promise<Settings>}
 */
async function choosePorts(env, { host, isSimulated }) {
  /** @type {Settings} */
  const ports = {}
  for (const [variable, usual] of Object.entries(DEFAULT_PORTS)) {
    if (variable === 'SIMULATOR_PORT' && !isSimulated) continue
    const port = env[variable] || usual
    ports[variable] = port === '0' ? String(await findFreePort(host).catch(() => findFreePort())) : port
  }
  return ports
}

/**
 * Returns the ports that are not available. `check-settings` reports equal ports and ports that are not numbers.
 * @param {Settings} settings
 * @param {{ timeoutMs: number }} options maximum wait for a port that another process is releasing
 * @returns {Promise<EnvProblem[]>}
 */
export async function findTakenPorts(settings, { timeoutMs }) {
  const variables = Object.keys(DEFAULT_PORTS).filter((variable) => PORT_NUMBER.test(settings[variable] ?? ''))
  const problems = variables.map(async (variable) => {
    const wish = { variable, host: settings['HOST'] ?? '', port: settings[variable] ?? '', timeoutMs }
    try {
      await reservePort(wish)
      return []
    } catch (error) {
      if (!(error instanceof PlainError)) throw error
      return [{ names: [error.message.startsWith('HOST=') ? 'HOST' : variable], reason: error.message }]
    }
  })
  const found = (await Promise.all(problems)).flat()
  return found.filter(({ reason }, index) => found.findIndex((other) => other.reason === reason) === index)
}

/**
 * Returns the ports that callbacks and image links must never reach: those of the product and of its servers.
 * @param {Settings} settings
 * @param {Array<string | undefined>} serverUrls
 */
export function ownPorts(settings, serverUrls) {
  const productPorts = [settings['PORT'], settings['WORKER_PORT'], settings['SIMULATOR_PORT']]
  const serverPorts = serverUrls.map((url) => (url && URL.canParse(url) ? portOf(new URL(url)) : undefined))
  return [...new Set([...productPorts, ...serverPorts].filter(Boolean))].join(',')
}

/** @param {URL} url */
function portOf(url) {
  return url.port || (url.protocol.startsWith('redis') ? '6379' : '5432')
}

/** @param {string} host the listen address; a wildcard address cannot be opened in a browser */
export function browsable(host) {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
