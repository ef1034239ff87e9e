import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'

type Printed = { stdout: string; stderr: string; code: number }

let host: ChildProcess | undefined
/** Settles when the command before has ended: the host runs one at a time. */
let last: Promise<unknown> = Promise.resolve()

/** Runs a command of the operator's command line on a data folder and returns what it prints as JSON. @throws what it reports */
export function runCli(args: string[], env: { DATA_DIR: string } & Record<string, string>) {
  const result = last.catch(() => {}).then(() => send([...args, '--json'], env))
  last = result
  return result
}

async function send(args: string[], env: Record<string, string>): Promise<Record<string, unknown>> {
  if (!host?.connected)
    host = fork(resolve(import.meta.dirname, 'cli-host.mjs'), {
      execArgv: [],
      env: { PATH: process.env['PATH'], NODE_ENV: 'production' },
    })
  host.ref()
  host.channel?.ref()
  const ended = new AbortController()
  const { signal } = ended
  host.send({ args, env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...env } })
  const [printed] = (await Promise.race([once(host, 'message', { signal }), once(host, 'exit', { signal })])) as [
    Printed | number,
  ]
  ended.abort()
  // Between two commands this process may end, and the host with it.
  host.unref()
  host.channel?.unref()
  if (typeof printed === 'number' || printed === null)
    throw new Error(`wrong usage of the command line: ${args.join(' ')}`)
  if (printed.code !== 0) throw new Error(printed.stderr)
  return JSON.parse(printed.stdout)
}
