import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import zhCN from '@/messages/zh-CN.json'

type Texts = { [key: string]: string | Texts }

const root = resolve(import.meta.dirname, '../..')

/** All of our code that can say a key, or a part of one. */
function readCode(): string {
  const folders = ['app', 'cli', 'components', 'lib'].map((name) => join(root, name))
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  const ours = files.filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
  return ours.map((name) => readFileSync(name, 'utf8')).join('\n')
}

const keysOf = (texts: Texts, prefix = ''): string[] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keysOf(value, `${prefix}${key}.`),
  )

it('every text is used', () => {
  const code = readCode()
  const words = new Set(
    [...code.matchAll(/'([\w.-]+)'|"([\w.-]+)"|(\b[\w-]+)(?=\??:)/g)].map(([, ...found]) => found.find(Boolean)),
  )
  // `state.${value}` says every key that looks so, `${isUp ? 'up' : 'down'}Percent` two.
  const patterns = [...code.matchAll(/`([\w.-]*(?:\$\{[^`}]*\}[\w.-]*)+)`/g)]
    .map(([, template = '']) =>
      template
        .replaceAll('.', String.raw`\.`)
        .replaceAll(/\$\{[^}]*\? '(\w+)' : '(\w+)'\}/g, '($1|$2)')
        .replaceAll(/\$\{[^}]*\}/g, String.raw`[\w-]+`),
    )
    .filter((pattern) => /[a-z]/i.test(pattern.replaceAll(String.raw`[\w-]+`, '')))
    .map((pattern) => new RegExp(`^${pattern}$`))
  const isSaid = (key: string) => {
    const steps = key.split('.')
    return steps.some((_, index) => {
      const namespace = steps.slice(0, index).join('.')
      const rest = steps.slice(index).join('.')
      return (
        (index === 0 || words.has(namespace)) && (words.has(rest) || patterns.some((pattern) => pattern.test(rest)))
      )
    })
  }
  // Actions of the audit and reasons of errors are compared with the code by tests of theirs.
  const isTested = (key: string) => key.startsWith('audit.action.') || key.startsWith('errors.reason.')
  const unsaid = keysOf(zhCN).filter((key) => !isTested(key) && !isSaid(key))
  expect(unsaid).toEqual([])
})
