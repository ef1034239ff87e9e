import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Webhook } from 'standardwebhooks'
import { afterAll, describe, expect, it } from 'vitest'
import { newSigningSecret } from '@/lib/secret'

const folder = mkdtempSync(join(tmpdir(), 'wxbot-samples-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const secret = newSigningSecret()
const id = 'evt_sample'
const body = '{"token":"wx_…","action":"send_message","data":{"content":"你好\\n“店”"}}'
const sign = (key: string, timestamp: Date) => new Webhook(key).sign(id, timestamp, body)
const headersOf = (timestamp: Date, signature: string) => ({
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(timestamp.getTime() / 1000)),
  'webhook-signature': signature,
})
const now = new Date()
const old = new Date(now.getTime() - 600_000)
const cases: [name: string, headers: Record<string, string>, body: string, isOurs: boolean][] = [
  ['ours', headersOf(now, sign(secret, now)), body, true],
  ['of two secrets', headersOf(now, `${sign(newSigningSecret(), now)} ${sign(secret, now)}`), body, true],
  ['of another secret', headersOf(now, sign(newSigningSecret(), now)), body, false],
  ['of another body', headersOf(now, sign(secret, now)), `${body} `, false],
  ['too old', headersOf(old, sign(secret, old)), body, false],
  ['without headers', {}, body, false],
  ['nonsense', headersOf(now, 'v1'), body, false],
]

const quote = (value: unknown) => JSON.stringify(value)
/** Escapes for a Java compiler, which may read a source file as ASCII. */
const javaText = (value: string) =>
  quote(value).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
const javaMap = (headers: Record<string, string>) =>
  `Map.of(${Object.entries(headers).flat().map(javaText).join(', ')})`

/** How a sample is run: code that checks every case and prints true or false for each. */
const languages = {
  js: {
    command: ['node', 'sample.js'],
    file: (sample: string) => `${sample}
      for (const [, headers, body] of ${quote(cases)}) console.log(isFromWxbot(headers, body, ${quote(secret)}))`,
  },
  python: {
    command: ['python3', 'sample.py'],
    file: (sample: string) => `${sample}
import json
for _, headers, body, _ in json.loads(${quote(quote(cases))}):
    print(str(is_from_wxbot(headers, body.encode(), ${quote(secret)})).lower())`,
  },
  php: {
    command: ['php', 'sample.php'],
    file: (sample: string) => `<?php ${sample}
      foreach (json_decode(file_get_contents('cases.json'), true) as [, $headers, $body])
        echo is_from_wxbot($headers, $body, ${quote(secret)}) ? "true\\n" : "false\\n";`,
  },
  java: {
    command: ['java', 'sample.java'],
    file: (sample: string) =>
      sample.replace(
        /\}\s*$/,
        `public static void main(String[] none) throws Exception {
          ${cases
            .map(
              ([, headers, sent]) =>
                `System.out.println(isFromWxbot(${javaMap(headers)}, ${javaText(sent)}.getBytes("UTF-8"), ${quote(secret)}));`,
            )
            .join('\n')}
        } }`,
      ),
  },
} as const

const asksVersion: Record<string, string> = { java: '-version', openssl: 'version' }
const isThere = (command: string) => spawnSync(command, [asksVersion[command] ?? '--version']).status === 0
/** Returns the last code block of a language on a page. */
const sampleOf = (page: string, language: string) =>
  [...readFileSync(page, 'utf8').matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].at(-1)?.[1] ?? ''

async function run(command: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const [program = '', ...args] = command
  const child = spawn(program, args, { cwd: folder, env: { NODE_ENV: 'test', PATH: process.env['PATH'], ...env } })
  const [printed, complaint] = await Promise.all([text(child.stdout), text(child.stderr)])
  return printed || complaint
}

describe('the verification samples of the documentation', () => {
  it.each([...Object.keys(languages), 'sh'])('%s is the same in both languages', (language) => {
    expect(sampleOf('docs/callbacks.md', language)).not.toBe('')
    expect(sampleOf('docs/callbacks.zh-CN.md', language)).toBe(sampleOf('docs/callbacks.md', language))
  })

  for (const [language, { command, file }] of Object.entries(languages))
    it.runIf(isThere(command[0]))(`${language} accepts our signatures and no others`, async () => {
      writeFileSync(join(folder, 'cases.json'), quote(cases))
      writeFileSync(join(folder, command[1]), file(sampleOf('docs/callbacks.md', language)))
      expect((await run(command)).trim().split('\n')).toEqual(cases.map(([, , , isOurs]) => String(isOurs)))
    })

  it.runIf(isThere('openssl'))('the shell sample prints our signature', async () => {
    const timestamp = String(Math.floor(now.getTime() / 1000))
    const variables = { SECRET: secret, ID: id, TIMESTAMP: timestamp, BODY: body }
    const printed = await run(['sh', '-c', sampleOf('docs/callbacks.md', 'sh')], variables)
    expect(printed.trim()).toBe(sign(secret, now))
  })
})
