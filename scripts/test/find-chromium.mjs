import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/**
 * Finds a Chromium for the browser tests: CHROMIUM_PATH, Playwright's own, the system's; as root on Debian it installs
 * the system's. Undefined when there is none to be had.
 * @returns {Promise<string | undefined>}
 */
export async function findChromium() {
  const { chromium } = await import('@playwright/test')
  const usual = [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
  ]
  const mac = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']
  const places = [process.env['CHROMIUM_PATH'], chromium.executablePath(), ...usual, ...mac]
  const find = () => places.find((path) => path && existsSync(path))
  return find() ?? (installDebianChromium() ? find() : undefined)
}

function installDebianChromium() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  console.log('installing Chromium with apt-get')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const run = (/** @type {string[]} */ ...args) => spawnSync('apt-get', args, { env, stdio: 'ignore' }).status === 0
  run('update')
  return run('install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk')
}
