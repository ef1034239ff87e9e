import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort } from './bootstrap/ports.mjs'
import { stopProcess } from './bootstrap/processes.mjs'

/**
 * Starts the machine's Redis for tests on a free loopback port, without storage on disk; resolves when it responds.
 * undefined: the machine has no redis-server.
 * @returns {Promise<{ url: string, stop: () => Promise<void> } | undefined>}
 */
export async function startRedis() {
  const port = await findFreePort()
  const folder = mkdtempSync(join(tmpdir(), 'wxbot-redis-'))
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder]
  const child = spawn('redis-server', settings, { stdio: 'ignore' })
  let hasEnded = false
  child.once('error', () => (hasEnded = true))
  child.once('exit', () => (hasEnded = true))
  process.once('exit', () => child.kill('SIGKILL'))
  while (!hasEnded && !(await isListening(port))) await new Promise((resolve) => setTimeout(resolve, 25))
  const stop = async () => {
    if (child.pid && !hasEnded) await stopProcess(child.pid, [['SIGTERM', 3000]])
    rmSync(folder, { recursive: true, force: true })
  }
  if (!hasEnded) return { url: `redis://127.0.0.1:${port}`, stop }
  await stop()
  return undefined
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function isListening(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(() => resolve(true)))
    socket.once('error', () => resolve(false))
  })
}
