import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

/**
 * Returns a Chromium for the browser tests: from CHROMIUM_PATH, Playwright or the system; as root on Debian it installs
 * the system package. undefined: no Chromium is available.
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
