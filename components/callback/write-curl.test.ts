import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { composeRequest } from '@/lib/callback/delivery/request'
import { writeCurl } from '@/components/callback/write-curl'

/** Returns the arguments that the shell passes to curl. */
function argumentsOf(line: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${line}`
  const env = { TOKEN: 'wx_secret', SIGNATURE: 'c2ln', NODE_ENV: 'test' } as const
  return execFileSync('sh', ['-c', script], { env, encoding: 'utf8' }).split('\0').slice(0, -1)
}

const event = { id: 'evt_1', sequence: 7, type: 'send_message' } as const
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

it.each(['你好', `it's "$HOME" \`id\` \\ $(id)`, "'; rm -rf / #"])('the command sends %s byte for byte', (content) => {
  const words = argumentsOf(writeCurl(compose(content)))
  expect(words).toContain('https://dev.test/cb?shop=1&x=$HOME')
  expect(words).toContain('webhook-signature: v1,c2ln')
  expect(JSON.parse(words.at(-1) ?? '')).toEqual({ token: 'wx_secret', action: 'send_message', data: { content } })
})

it('an event without a body becomes a GET request', () => {
  const line = writeCurl({ method: 'GET', url: 'https://dev.test/login', headers: {}, body: '' })
  expect(argumentsOf(line)).toEqual(['-sS', '-X', 'GET', 'https://dev.test/login'])
})
