import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { composeRequest } from '@/lib/callback/compose-request'
import { writeCurl } from './write-curl'

/** What the shell hands to curl. */
function argumentsOf(line: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${line}`
  const env = { TOKEN: 'wx_secret', SIGNATURE: 'c2ln', NODE_ENV: 'test' } as const
  return execFileSync('sh', ['-c', script], { env, encoding: 'utf8' }).split('\0').slice(0, -1)
}

const event = { id: 'evt_1', sequence: 7, type: 'send_message' }
const compose = (content: string) =>
  composeRequest(
    { ...event, data: { content } },
    {
      url: 'https://dev.test/cb?shop=1&x=$HOME',
      isGet: false,
      nowMs: 0,
      token: () => '$TOKEN',
      sign: () => 'v1,$SIGNATURE',
    },
  )

it.each(['你好', `it's "$HOME" \`id\` \\ $(id)`, "'; rm -rf / #"])('hands %s to curl as it is sent', (content) => {
  const words = argumentsOf(writeCurl(compose(content)))
  expect(words).toContain('https://dev.test/cb?shop=1&x=$HOME')
  expect(words).toContain('webhook-signature: v1,c2ln')
  expect(JSON.parse(words.at(-1) ?? '')).toEqual({ token: 'wx_secret', action: 'send_message', data: { content } })
})

it('writes a GET without a body', () => {
  const line = writeCurl({ method: 'GET', url: 'https://dev.test/login', headers: {}, body: '' })
  expect(argumentsOf(line)).toEqual(['-sS', '-X', 'GET', 'https://dev.test/login'])
})
