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
export async function startWorkerProcess(settings: Settings): Promise<{ kill(): Promise<void> }> {
  const program = resolve(import.meta.dirname, '../delivery-worker.ts')
  const child = fork(program, { execArgv: ['--import', 'tsx'], stdio: 'inherit' })
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
