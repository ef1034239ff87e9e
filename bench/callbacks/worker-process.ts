import { fork } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'

export type Settings = {
  databaseUrl: string
  /** null: the queue is in Postgres. */
  redisUrl: string | null
  /** Key of the sealer, base64. */
  key: string
  scheduleSeconds: number[]
  timeoutMs: number
}

/** Starts a callback delivery process; `kill` sends SIGKILL. */
export function startWorkerProcess(settings: Settings): Promise<{ kill(): Promise<void> }> {
  return startProgram('delivery-worker', settings)
}

/** Starts a program of this folder's parent with its settings and waits until it is ready; `kill` sends SIGKILL. */
export async function startProgram(program: string, settings: object): Promise<{ kill(): Promise<void> }> {
  const path = resolve(import.meta.dirname, `../${program}.ts`)
  const child = fork(path, { execArgv: ['--import', 'tsx'], stdio: 'inherit' })
  child.send(settings)
  await once(child, 'message')
  return {
    async kill() {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    },
  }
}
