import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** Chinese that says no failure of a verb: the contract's documents, rules of schemas, contents of messages, defaults of settings. */
const others = [
  /\.test\.ts$|\/testing\//,
  /^lib\/error-reasons[\w-]*\.ts|^lib\/env\.ts/,
  /^lib\/http\/(contract|openapi|describe-issue|dialect|read-idempotency-key)/,
  /^lib\/(plain-text|metrics\/time-zone|egress\/find-url-problem|media\/file-name|callback\/event\/(catalog|test-event)|callback\/endpoint\/endpoint-fields|qun\/(advance-qun|qun-fields|parse-qun-import))\.ts/,
  // The name of a room.
  /^worker\/groups\/steps\/rename-room\.ts/,
  // Its schemas have the rules of forms, and its routes texts that pages say by their code.
  /^lib\/dashboard\/|^app\/api\/(dashboard|live|qr)\//,
  // Fields of the API with their documentation and examples, and the default keyword of a handover.
  /^lib\/(rule\/rule-fields|quick-reply\/quick-reply-fields|reply\/reply-(fields|settings)|db\/schema\/reply)\.ts|^app\/\(api\)\/v1\/rules\/dry-run\//,
  /^worker\/(wechat|ilink|wecom|gateway)\/protocol/,
  // What alerts say to people, in both languages.
  /^lib\/alert\/alert-texts\.ts/,
]

it('no verb, worker or route contains a sentence of a failure: it names a reason', () => {
  const files = ['lib', 'worker', 'web', 'app/(api)', 'app/api'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  )
  const sentences = files
    .filter((file) => file.endsWith('.ts') && !others.some((pattern) => pattern.test(file)))
    .flatMap((file) => {
      const code = readFileSync(join(root, file), 'utf8')
        .replaceAll(/\/\*[^]*?\*\//g, '')
        .replaceAll(/^\s*\/\/.*$/gm, '')
      return [...code.matchAll(/'[^'\\\n]*'|`[^`\\]*`/g)].map(([text]) => [file, text])
    })
  expect(sentences.length).toBeGreaterThan(1000)
  expect(sentences.filter(([, text = '']) => /\p{Script=Han}/u.test(text))).toEqual([])
})
