import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { commandOf, isAlive, stopProcess } from '../bootstrap/processes.mjs'

/**
 * Reads what a Postgres server says about itself in its data folder.
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
 * Makes way for a new server: stops one that an earlier, killed start left running on this data, and removes a file
 * that points to a process which is not Postgres (its id was given to another program since).
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
