import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { appKinds, messageKinds, unknownKind } from '@/worker/wechat/protocol/message-kinds'

/** Returns the message types of each placeholder in the order of the table: `3, 49/2`. */
function typesByPlaceholder(): Map<string, string> {
  const kinds = new Map<string, string[]>()
  const add = (placeholder: string, kind: string) => kinds.set(placeholder, [...(kinds.get(placeholder) ?? []), kind])
  for (const [type, { placeholder }] of Object.entries(messageKinds)) add(placeholder, type)
  for (const [type, { placeholder }] of Object.entries(appKinds)) add(placeholder, `49/${type}`)
  return new Map([...kinds].map(([placeholder, types]) => [placeholder, types.join(', ')]))
}

it.each(['callbacks.md', 'callbacks.zh-CN.md'])('docs/%s lists the placeholder of each message type', (file) => {
  const text = readFileSync(resolve(import.meta.dirname, '../../../docs', file), 'utf8')
  const rows = [...text.matchAll(/^\| `(\[\S+\])` +\| ([\d, /]+?) +\|/gm)].map(([, placeholder = '', kinds = '']) => [
    placeholder,
    kinds,
  ])
  expect(rows).toEqual([...typesByPlaceholder()])
  expect(text).toContain(`\`${unknownKind.placeholder}\``)
})
