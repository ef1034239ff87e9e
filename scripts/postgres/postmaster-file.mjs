import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { commandOf, isAlive, stopProcess } from '../bootstrap/processes.mjs'

/**
 * Reads the process id and the state of a Postgres server from its data folder.
 * @param {string} clusterDir
 * @returns {{ pid: number, isReady: boolean } | undefined}
 */
export function readPostmasterFile(clusterDir) {
  try {
    const lines = readFileSync(join(clusterDir, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    return pid > 0 ? { pid, isReady: lines[7]?.trim() === 'ready' } : undefined
  } catch {
    return undefined
  }
}

/**
 * Prepares a data folder for a new server: stops a server that a killed start left running, and removes a stale pid
 * file whose process is not Postgres (the id was reused).
 * @param {string} clusterDir
 */
export async function clearLeftover(clusterDir) {
  const leftover = readPostmasterFile(clusterDir)
  if (leftover && isAlive(leftover.pid) && commandOf(leftover.pid).includes(clusterDir)) {
    await stopProcess(leftover.pid, [
      ['SIGINT', 8000],
      ['SIGQUIT', 2000],
    ])
  }
  rmSync(join(clusterDir, 'postmaster.pid'), { force: true })
}
