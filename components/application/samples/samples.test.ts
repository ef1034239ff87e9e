import { execFile, spawnSync } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sampleKeys, type SampleKey, type WriteSamples } from '@/components/application/samples/sample'
import { writeCurl } from '@/components/application/samples/write-curl'
import { writeNode } from '@/components/application/samples/write-node'
import { writePython } from '@/components/application/samples/write-python'

type Received = { method: string; path: string; body: unknown }
let server: Server
let publicUrl: string
let received: Received[] = []

beforeAll(async () => {
  server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ method: request.method ?? '', path: request.url ?? '', body: body && JSON.parse(body) })
      response.writeHead(received.length % 2 ? 200 : 429).end('{"retCode":0}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))
beforeEach(() => {
  received = []
})

const has = (program: string) => spawnSync(program, ['--version']).status === 0
const run = promisify(execFile)
const languages: [string, WriteSamples, (code: string) => [string, string[]], boolean][] = [
  ['curl', writeCurl, (code) => ['/bin/sh', ['-c', code]], has('curl')],
  ['node', writeNode, (code) => [process.execPath, ['--input-type=module', '-e', code]], true],
  ['python', writePython, (code) => ['python3', ['-c', code]], has('python3')],
]

describe.each(languages)('%s', (name, write, commandOf, isHere) => {
  /** Runs every step except the first as one program, like a reader who pastes them in order. */
  const runAll = (robotId: string | null) => {
    const samples = write({ publicUrl, robotId, agentId: '000123' })
    // The first shell step reads the token from a terminal.
    const keys: readonly SampleKey[] = name === 'curl' ? sampleKeys.slice(1) : sampleKeys
    const [program, options] = commandOf(keys.map((key) => samples[key]).join('\n'))
    const env = { ...process.env, NODE_OPTIONS: '', TOKEN: 'wx_t0ken', ROOM: 'room_1', ROBOT: 'rbt_2' }
    return run(program, options, { env })
  }

  it.runIf(isHere)('sends the documented requests, filled in, and goes on after a refusal', async () => {
    await runAll('rbt_1')
    const token = 'wx_t0ken'
    expect(received).toEqual([
      { method: 'POST', path: '/robots', body: { token, username: 'weimi1001' } },
      { method: 'POST', path: '/robots/rbt_1/login', body: { token, agent_id: '000123' } },
      { method: 'POST', path: '/robots/rbt_1/rooms/sync', body: { token } },
      { method: 'GET', path: '/robots/rbt_1/rooms?token=wx_t0ken', body: '' },
      {
        method: 'POST',
        path: '/robots/rbt_1/message',
        body: { token, to_user: 'room_1', msg_type: 'text', content: '你好' },
      },
    ])
  })

  it.runIf(isHere)('leaves the robot to a variable while there is none', async () => {
    await runAll(null)
    expect(received.map(({ path }) => path).slice(1)).toEqual([
      '/robots/rbt_2/login',
      '/robots/rbt_2/rooms/sync',
      '/robots/rbt_2/rooms?token=wx_t0ken',
      '/robots/rbt_2/message',
    ])
  })
})
