import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, beforeAll, expect, it } from 'vitest'
import { bundlePrograms } from '@/lib/testing/bundle-programs'

let folder: string
let program: string
const children: ChildProcess[] = []

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'simulator-'))
  program = (await bundlePrograms('simulator')).simulator
})
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL')
  await rm(folder, { recursive: true })
})

function start(port: number): ChildProcess {
  const env = { ...process.env, SIMULATOR_PORT: String(port), DATA_DIR: folder }
  const child = fork(program, { env, silent: true })
  children.push(child)
  return child
}

it('the process reports readiness, exits on a taken port, and stops at once despite held polls', async () => {
  const first = start(0)
  const [ready] = (await once(first, 'message')) as [{ type: string; port: number }]
  expect(ready).toMatchObject({ type: 'ready', port: expect.any(Number) })

  const second = start(ready.port)
  let output = ''
  second.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [code] = (await once(second, 'close')) as [number]
  expect(code).toBe(1)
  expect(output).toBe(`simulator: port ${ready.port} is taken; set SIMULATOR_PORT to another one\n`)

  const origin = `http://127.0.0.1:${ready.port}`
  const script = await (await fetch(`${origin}/jslogin`, { method: 'POST' })).text()
  const uuid = encodeURIComponent(/uuid = "(.+)"/.exec(script)?.[1] ?? '')
  const poll = fetch(`${origin}/cgi-bin/mmwebwx-bin/login?uuid=${uuid}`).then((response) => response.text())
  const events = await fetch(`${origin}/sim/events`)
  const askedAtMs = Date.now()
  first.kill('SIGTERM')
  const [exitCode] = (await once(first, 'exit')) as [number]
  expect(exitCode).toBe(0)
  // A poll is held for 25 s.
  expect(Date.now() - askedAtMs).toBeLessThan(15_000)
  await Promise.allSettled([poll, events.text()])
})

it('the process exits when its parent disconnects', async () => {
  const child = start(0)
  await once(child, 'message')
  child.disconnect()
  const [code] = (await once(child, 'exit')) as [number]
  expect(code).toBe(0)
})
