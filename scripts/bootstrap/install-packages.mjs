import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { machineLock } from './file-lock.mjs'
import { rootDir } from './paths.mjs'
import { PlainError } from './plain-error.mjs'
import { withProgress } from './progress.mjs'
import { hashSources } from './source-hash.mjs'

const stampPath = join(rootDir, 'node_modules/.wxbot-install')
const currentHash = () => hashSources(['package.json', 'package-lock.json'])
const isInstalled = () => existsSync(stampPath) && readFileSync(stampPath, 'utf8') === currentHash()

/**
 * Installs the npm packages if they are missing, or if package.json or the lock file changed since the last install.
 * @throws PlainError with the output of npm
 */
export async function installPackagesIfStale() {
  if (isInstalled()) return
  await machineLock('install', async () => {
    if (!isInstalled()) await withProgress('installing packages', installPackages)
  })
}

async function installPackages() {
  const args = ['install', '--no-audit', '--no-fund', '--include=dev', '--loglevel=error']
  const npm = process.env['npm_execpath']
  const isScript = npm !== undefined && /npm-cli\.[cm]?js$/.test(npm)
  const [command, first] = isScript ? [process.execPath, [npm]] : ['npm', []]
  const child = spawn(command, [...first, ...args], { cwd: rootDir, stdio: ['ignore', 'ignore', 'pipe'] })
  let complaints = ''
  child.stderr?.on('data', (text) => (complaints += text))
  const [code] = await once(child, 'exit')
  if (code !== 0)
    throw new PlainError(`${complaints}\nThe packages could not be installed ("npm install" ended with ${code}).`)
  writeFileSync(stampPath, currentHash())
}
