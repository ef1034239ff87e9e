import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { curlSamples } from './write-curl-samples'

// The shell itself says what each line would send: curl is replaced by a function that prints its arguments.
function runInShell(code: string): string[] {
  const script = `curl() { printf '%s\\n' "$@"; }\n${code}`
  const env = { NODE_ENV: 'test' as const, TOKEN: 'wx_t0ken', ROOM: 'room_1', ROBOT: 'rbt_2' }
  return execFileSync('/bin/sh', ['-c', script], { env, encoding: 'utf8' }).trimEnd().split('\n')
}

it('makes lines that a shell turns into the documented requests', () => {
  const samples = curlSamples({ publicUrl: 'http://127.0.0.1:3000', robotId: 'rbt_1' })
  const code = (key: string) => samples.find((sample) => sample.key === key)?.code ?? ''
  expect(JSON.parse(runInShell(code('createRobot')).at(-1) ?? '')).toEqual({ token: 'wx_t0ken', username: 'weimi1001' })
  const sent = runInShell(code('sendMessage'))
  expect(sent).toContain('http://127.0.0.1:3000/robots/rbt_1/message')
  const body = { token: 'wx_t0ken', to_user: 'room_1', msg_type: 'text', content: '你好' }
  expect(JSON.parse(sent.at(-1) ?? '')).toEqual(body)
  expect(runInShell(code('listRooms')).at(-1)).toBe('http://127.0.0.1:3000/robots/rbt_1/rooms?token=wx_t0ken')
})

it('leaves the robot to a variable while there is none', () => {
  const [, , login] = curlSamples({ publicUrl: 'http://127.0.0.1:3000', robotId: null })
  expect(runInShell(login?.code ?? '')).toContain('http://127.0.0.1:3000/robots/rbt_2/login')
})
