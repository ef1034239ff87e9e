import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import en from '@/messages/en.json'
import zhCN from '@/messages/zh-CN.json'
import { states } from '@/components/state/states'

const components = resolve(import.meta.dirname, '..')

describe('the states', () => {
  it.each([
    ['en', en.state],
    ['zh-CN', zhCN.state],
  ])('each have their own text in %s, and each text has a state', (_, words: Record<string, object>) => {
    const keysOf = (table: Record<string, object>) =>
      Object.fromEntries(Object.entries(table).map(([kind, of]) => [kind, Object.keys(of).toSorted()]))
    expect(keysOf(words)).toEqual(keysOf(states))
    for (const of of Object.values(words)) expect(new Set(Object.values(of)).size).toBe(Object.keys(of).length)
  })

  it('the states have their texts in one namespace: no other namespace contains state texts', () => {
    const names = /^(states?|status|standing|breaker|memberState|tokenState|commandState|endReason)$/
    const others = Object.entries(en).filter(([namespace]) => !['state', 'qr'].includes(namespace))
    const own = others.flatMap(([namespace, texts]) =>
      Object.entries(texts)
        .filter(([key, value]) => names.test(key) && typeof value === 'object')
        .map(([key]) => `${namespace}.${key}`),
    )
    expect(own).toEqual([])
  })

  it('the states have their tones in one table: no component chooses a tone by a condition', () => {
    const files = readdirSync(components, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx'))
    const picked = files.filter((name) => /<Badge tone=\{/.test(readFileSync(join(components, name), 'utf8')))
    // A role, a companion and a row to import are not states; the result of a check shows its number of problems.
    const others = [
      'connector/check-badge.tsx',
      'operator/operator-list.tsx',
      'qun/assistant-card.tsx',
      'qun/import-preview.tsx',
    ]
    expect(picked.toSorted()).toEqual([...others, 'state/state-badge.tsx'])
  })
})
